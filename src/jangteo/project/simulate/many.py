"""Many seeds one after the other, or at once in processes of their own."""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from jangteo.project.simulate import town
from jangteo.project.simulate.run import Outcome, simulate
from jangteo.project.simulate.scratch import Prepared, Scratch, scratch


@dataclass(frozen=True, slots=True)
class Play:
    """How each seed is played; see `simulate`."""

    steps: int
    forgetful: bool = False


def simulate_many(seeds: Sequence[int], play: Play, *, folder: Path, jobs: int = 1) -> Iterator[Outcome]:
    """What came of each seed, in the sequence given and as soon as it is known. Raises ClusterError.

    Each of `jobs` processes has a copy of the market of its own on one server in `folder`.
    """
    logging.disable(logging.CRITICAL)  # what goes wrong is on purpose, and the log would be full of it
    try:
        with scratch(folder, town.build) as prepared, prepared.copies(jobs) as names:
            yield from (_here if jobs == 1 else _at_once)(prepared, names, seeds, play)
    finally:
        logging.disable(logging.NOTSET)


def _here(prepared: Prepared, names: Sequence[str], seeds: Sequence[int], play: Play) -> Iterator[Outcome]:
    prepared.use(names[0])
    opened = Scratch()
    for seed in seeds:
        yield simulate(opened, seed=seed, steps=play.steps, forgetful=play.forgetful)


def _at_once(prepared: Prepared, names: Sequence[str], seeds: Sequence[int], play: Play) -> Iterator[Outcome]:
    # Forked, because the children need all that this process has set up. It is connected to nothing now.
    context = multiprocessing.get_context("fork")
    left = context.SimpleQueue()
    for name in names:
        left.put(name)
    pool = ProcessPoolExecutor(len(names), context, _mine.take, (prepared, left.get))
    try:
        yield from pool.map(_play, seeds, repeat(play))
    finally:
        # Whoever stops reading waits only for the seeds that are being played.
        pool.shutdown(cancel_futures=True)


class _Mine:
    """What a child of the pool works on."""

    def __init__(self) -> None:
        self.scratch: Scratch | None = None

    def take(self, prepared: Prepared, next_name: Callable[[], str]) -> None:
        prepared.use(next_name())
        self.scratch = Scratch()


_mine = _Mine()


def _play(seed: int, play: Play) -> Outcome:
    if _mine.scratch is None:
        raise RuntimeError("played outside the pool")
    return simulate(_mine.scratch, seed=seed, steps=play.steps, forgetful=play.forgetful)
