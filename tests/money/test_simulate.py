"""Invented trade from two hundred seeds, each with crashes, faults and forgeries; and once with a guard taken away."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection, connections

from jangteo.project.simulate import town
from jangteo.project.simulate.run import Outcome, simulate
from jangteo.project.simulate.scratch import Scratch

pytestmark = pytest.mark.slow

SEEDS, STEPS = 200, 12


@pytest.fixture(scope="module")
def scratch(committed_db: str, database_server: dict[str, str]) -> Iterator[Scratch]:
    town.build()
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    # What goes wrong is on purpose.
    logging.disable(logging.CRITICAL)
    # Named so that what a killed test leaves behind is found by the next.
    yield Scratch(database_server, name, f"jangteo_test_run{{}}_{os.getpid()}")
    logging.disable(logging.NOTSET)


def test_no_seed_breaks_the_book(scratch: Scratch) -> None:
    began = time.process_time()
    outcomes = [simulate(scratch, seed=seed, steps=STEPS) for seed in range(SEEDS)]
    told = sum((outcome.told for outcome in outcomes), Counter[str]())
    print(f"\n{time.process_time() - began:.1f} s of our CPU", told.most_common())

    assert [one for outcome in outcomes for one in outcome.violations] == []
    assert sum(outcome.entries for outcome in outcomes) > SEEDS
    assert sum(outcome.crashes for outcome in outcomes) > SEEDS // 4
    for deed in ("order_by_card", "authorise", "serve", "refuse", "cancel", "post", "work_with_faults"):
        assert told[deed] > SEEDS // 10, deed


def test_a_long_run_stays_right(scratch: Scratch) -> None:
    outcome = simulate(scratch, seed=1, steps=400)
    print("\n", outcome.told.most_common())

    assert outcome.violations == []
    assert outcome.entries > 60
    assert outcome.told["settle"] > 3


def test_the_same_seed_gives_the_same_book_byte_for_byte(scratch: Scratch) -> None:
    first, again, other = (simulate(scratch, seed=seed, steps=60) for seed in (5, 5, 6))

    assert (first.book_hash, first.told) == (again.book_hash, again.told)
    assert first.entries > 3
    assert first.book_hash != other.book_hash


def test_without_idempotency_keys_money_gets_lost_and_is_missed(scratch: Scratch) -> None:
    """The control: a check that cannot fail says nothing."""

    def lost(outcome: Outcome) -> bool:
        return any(one.rule in ("I5", "rest") for one in outcome.violations)

    assert any(lost(simulate(scratch, seed=seed, steps=60, forgetful=True)) for seed in range(40))
