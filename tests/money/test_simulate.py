"""Invented trade from two hundred seeds, each with crashes, faults and forgeries; and once with a guard taken away."""

from __future__ import annotations

import gc
import logging
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connections

from jangteo.project.simulate import town
from jangteo.project.simulate.run import Outcome, simulate
from jangteo.project.simulate.scratch import Scratch
from jangteo.project.simulate.steps import STEPS

pytestmark = pytest.mark.slow

SEEDS, LENGTH = 200, 12
LONG_RUNS, LONG = (10, 12, 26), 300
LEAST_OF_A_STEP = 2
# What must have come about somewhere in all of them, by its beginning, or a simulation says nothing about it.
CAME = {
    "entry: capture": 200, "entry: refund": 60, "entry: allocate": 40, "entry: recorded": 20, "entry: correction": 1,
    "entry: grant_cashback": 3, "entry: settlement": 2, "entry: payout": 1,
    "hold: expired": 5, "hold: posted": 30, "hold: void": 5,
    "payment: toss ": 80, "payment: toss account ": 30, "payment: portone ": 60, "payment: kakaopay ": 30,
    "refund: toss ": 15, "refund: toss account ": 2, "refund: portone ": 6, "refund: kakaopay ": 2,
    "tender: coupon captured": 40, "tender: coupon void": 4, "tender: points captured": 3,
    "coupon of municipality captured": 10, "coupon of association captured": 8, "coupon of stall captured": 30,
    "coupon of municipality void": 5, "coupon of association void": 5, "coupon of stall void": 15,
    "piece: given, again: free to taken": 3, "piece: given, again: taken to free": 1,
    "piece: given, gone: taken to free, unpaid": 1, "piece: given, gone: taken to ended, refunded": 1,
    "piece: open, again: taken to ended, unpaid": 5, "piece: open, again: taken to ended, refunded": 1,
    "points of association captured": 3, "points of stall captured": 1, "points of association void": 2,
    "points of stall void": 1, "entry: grant_points": 40, "entry: expire_points": 10, "entry: take_back_points": 1,
    "entry: end_coupon": 5,
    "tender: easy_pay captured": 10, "tender: virtual_account captured": 5, "tender: local_currency captured": 3,
    "tender: onnuri_digital captured": 2, "tender: onnuri_paper captured": 2, "tender: cash captured": 2,
    "tenders of an order: 3": 20, "tenders of an order: 4": 5,
    "giveback: pro_rata": 30, "giveback: cash_like_first": 2, "giveback: coupon_first": 2,
    "giveback leg: card ": 20, "giveback leg: coupon ": 10, "giveback leg: points ": 2, "giveback leg: cash ": 5,
    "giveback leg: local_currency ": 4, "giveback leg: easy_pay ": 1,
    "order: closed": 20, "order: expired": 100, "order: cancelled": 30,
    "fee of both: closed": 1, "fee of the customer: closed": 1, "fee of the stalls: closed": 1,
    "fee of the town: closed": 1, "fee of both: cancelled": 1, "fee of the customer: cancelled": 1,
    "fee of the stalls: cancelled": 1, "fee of the town: cancelled": 1, "fee of the customer: expired": 1,
    "fee part: handed_over": 4, "fee part: cancelled": 4, "fee given back: cancelled": 1,
    "fee given back: handed_over": 1, "entry: fee_share": 5,
    "sale: card paid": 30, "sale: card refunded": 2, "sale: card expired": 10, "sale: cash paid": 1,
    "run: reconciled": 1, "statement: paid": 3, "statement: the stall owes": 1, "statement: a debt is taken off": 1,
    "pay-out: paid": 1, "pay-out: returned": 1, "day: closed": 10, "break: ": 1,
    "webhook: toss new": 20, "webhook: toss again": 10, "webhook: portone new": 10, "webhook: portone signed": 3,
    "window: closed afterwards": 20,
    "fault: toss confirm ": 10, "fault: toss confirm broken_after_commit": 1, "fault: toss confirm in_flight": 1,
    "fault: toss confirm server_error": 2, "fault: toss cancel ": 10, "fault: portone cancel ": 10,
    "fault: portone read ": 10, "fault: kakaopay approve ": 10, "fault: kakaopay cancel ": 10,
}  # fmt: skip


@pytest.fixture(scope="module")
def scratch(committed_db: str) -> Iterator[Scratch]:
    town.build()
    # What goes wrong is on purpose.
    logging.disable(logging.CRITICAL)
    # What is there by now stays; looking through it again and again for garbage takes a part of the time.
    gc.freeze()
    yield Scratch()
    gc.unfreeze()
    logging.disable(logging.NOTSET)
    connections.close_all()


@pytest.fixture(scope="module")
def short_runs(scratch: Scratch) -> list[Outcome]:
    began = time.process_time()
    outcomes = [simulate(scratch, seed=seed, steps=LENGTH) for seed in range(SEEDS)]
    print(f"\n{time.process_time() - began:.1f} s of our CPU")
    return outcomes


@pytest.fixture(scope="module")
def long_runs(scratch: Scratch) -> list[Outcome]:
    return [simulate(scratch, seed=seed, steps=LONG) for seed in LONG_RUNS]


def test_no_seed_breaks_the_book(short_runs: list[Outcome]) -> None:
    assert [(outcome.seed, one) for outcome in short_runs for one in outcome.violations] == []
    assert sum(outcome.entries for outcome in short_runs) > 3 * SEEDS
    assert sum(outcome.crashes for outcome in short_runs) > SEEDS // 4


def test_long_runs_stay_right(long_runs: list[Outcome]) -> None:
    assert [(outcome.seed, one) for outcome in long_runs for one in outcome.violations] == []
    assert min(outcome.entries for outcome in long_runs) > 60


def test_every_kind_of_step_and_what_it_can_lead_to_has_happened(
    short_runs: list[Outcome], long_runs: list[Outcome]
) -> None:
    """So that a change of the market cannot make the simulation blind."""
    told, seen = Counter[str](), Counter[str]()
    for outcome in (*short_runs, *long_runs):
        told += outcome.told
        seen += outcome.seen
    print("\n", *(f"{number:6} {kind}\n" for kind, number in sorted((told + seen).items())))

    taken = {name: sum(number for one, number in told.items() if one.split(":")[0] == name) for name in STEPS}
    assert {name: number for name, number in taken.items() if number < LEAST_OF_A_STEP} == {}
    came = {kind: sum(number for one, number in seen.items() if one.startswith(kind)) for kind in CAME}
    assert {kind: number for kind, number in came.items() if number < CAME[kind]} == {}


def test_the_same_seed_gives_the_same_book_byte_for_byte(scratch: Scratch) -> None:
    first, again, other = (simulate(scratch, seed=seed, steps=60) for seed in (5, 5, 6))

    assert (first.book_hash, first.told, first.seen) == (again.book_hash, again.told, again.seen)
    assert first.entries > 3
    assert first.book_hash != other.book_hash


def test_without_idempotency_keys_money_gets_lost_and_is_missed(scratch: Scratch) -> None:
    """The control: a check that cannot fail says nothing."""

    def lost(outcome: Outcome) -> bool:
        return any(one.rule in ("I5", "rest") for one in outcome.violations)

    assert any(lost(simulate(scratch, seed=seed, steps=60, forgetful=True)) for seed in range(40))
