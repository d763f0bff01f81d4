"""Invented trade from two thousand seeds: how often the book was wrong."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.conf import settings

from jangteo.project.simulate import town
from jangteo.project.simulate.run import Outcome, simulate
from jangteo.project.simulate.scratch import scratch
from tests.bench.tables import Row, Table

RUNS, STEPS = 2_000, 16
FIRST_SEED = 1_000  # those below are tried by every run of the tests


def run() -> list[Table]:
    """Every run in a fresh market; crashes, faults of the gateway, forged and repeated messages in all of them."""
    # What goes wrong is on purpose, and the log would be full of it.
    logging.disable(logging.CRITICAL)
    began = time.perf_counter()
    with scratch(Path(settings.VAR) / "simulate", town.build) as opened:
        outcomes = [simulate(opened, seed=seed, steps=STEPS) for seed in range(FIRST_SEED, FIRST_SEED + RUNS)]
    seconds = time.perf_counter() - began
    logging.disable(logging.NOTSET)
    wrong = [outcome for outcome in outcomes if outcome.violations]
    rows = [
        Row("runs", RUNS, ""),
        Row("steps, all invariants checked after each", RUNS * STEPS, ""),
        Row("entries in the books", sum(outcome.entries for outcome in outcomes), ""),
        Row("crashes half-way", sum(outcome.crashes for outcome in outcomes), "", least=RUNS / 10),
        Row("violations", sum(len(outcome.violations) for outcome in wrong), "", most=0, least=0),
        Row("a run", seconds / RUNS * 1000, "ms"),
    ]
    return [Table(f"Money simulated from {RUNS:,} seeds", rows, [_told(outcome) for outcome in wrong[:10]])]


def _told(outcome: Outcome) -> str:
    again = f"jangteo money simulate --seed {outcome.seed} --steps {STEPS}"
    return f"{outcome.violations[0].rule} {outcome.violations[0].subject}: {again}"
