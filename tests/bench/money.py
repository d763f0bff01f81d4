"""Invented trade from two thousand seeds: how often the book was wrong."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from jangteo.project.simulate.many import Play, simulate_many
from jangteo.project.simulate.run import Outcome
from tests.bench.tables import Row, Table

RUNS, STEPS = 2_000, 16
FIRST_SEED = 1_000  # those below are tried by every run of the tests
TOLD_EVERY = 100  # runs, where a line cannot be written again


def run() -> list[Table]:
    """Every run in a fresh market; crashes, faults of gateways, forged and repeated messages in all of them.

    On all cores; ends early when some seeds have been wrong, because then the rest says nothing more.
    """
    jobs = os.cpu_count() or 1
    seeds = range(FIRST_SEED, FIRST_SEED + RUNS)
    began = time.perf_counter()
    outcomes = list(_told_of(simulate_many(seeds, Play(STEPS), folder=Path(settings.VAR) / "simulate", jobs=jobs)))
    seconds = time.perf_counter() - began
    wrong = [outcome for outcome in outcomes if outcome.violations]
    rows = [
        Row("seeds", len(outcomes), "", least=RUNS),
        Row("steps, all invariants checked after each", sum(outcome.steps for outcome in outcomes), ""),
        Row("entries in the books", sum(outcome.entries for outcome in outcomes), ""),
        Row("largest book", max(outcome.entries for outcome in outcomes), "entries"),
        Row("largest book in the database", max(outcome.book_bytes for outcome in outcomes) / 1024, "KiB"),
        Row("crashes half-way", sum(outcome.crashes for outcome in outcomes), "", least=RUNS / 10),
        Row("violations", sum(len(outcome.violations) for outcome in wrong), "", most=0, least=0),
        Row("seconds", seconds, f"s, {jobs} at once"),
        Row("a run", seconds / len(outcomes) * 1000, "ms"),
    ]
    return [Table(f"Money simulated from {RUNS:,} seeds", rows, [_again(outcome) for outcome in wrong[:10]])]


def _told_of(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The same, while a line on the terminal says how far it is; in a file now and then a line."""
    on_terminal, began, violations = sys.stderr.isatty(), time.perf_counter(), 0
    for done, outcome in enumerate(outcomes, start=1):
        violations += len(outcome.violations)
        if on_terminal or done % TOLD_EVERY == 0 or done == RUNS:
            left_s = (time.perf_counter() - began) / done * (RUNS - done)
            line = f"money: {done:,} of {RUNS:,} seeds, {violations} violations, {left_s:,.0f} s left"
            print(
                f"\r{line:<70}" if on_terminal else line, end="" if on_terminal else "\n", file=sys.stderr, flush=True
            )
        yield outcome
    if on_terminal:
        print(file=sys.stderr)


def _again(outcome: Outcome) -> str:
    again = f"jangteo money simulate --seed {outcome.seed} --steps {STEPS}"
    return f"{outcome.violations[0].rule} {outcome.violations[0].subject}: {again}"
