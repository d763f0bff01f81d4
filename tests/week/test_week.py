"""A short week of few orders, twice; `python -m tests.bench week` plays a whole one."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import connections

from jangteo.project.simulate.scratch import Scratch
from tests.week import couriers
from tests.week.play import Outcome, play
from tests.week.town import Town, build

pytestmark = pytest.mark.slow

DAYS, ORDERS = 2, 24


@pytest.fixture(scope="module")
def town(committed_db: str) -> Iterator[Town]:
    built = build()
    logging.disable(logging.CRITICAL)
    yield built
    logging.disable(logging.NOTSET)
    connections.close_all()


@pytest.fixture(scope="module")
def weeks(town: Town) -> list[Outcome]:
    """The same seed twice, and another."""
    scratch, found = Scratch(), []
    for seed in (5, 5, 6):
        scratch.renew()
        found.append(play(seed, town, days=DAYS, orders=ORDERS))
    return found


def test_every_order_ends_once_and_every_won_is_accounted_for(weeks: list[Outcome]) -> None:
    print(*weeks, sep="\n")
    assert [one for week in weeks for one in week.wrong] == []
    assert all(week.orders >= DAYS * ORDERS * 9 // 10 for week in weeks)
    assert all(week.brought > week.orders // 3 for week in weeks)


def test_the_same_seed_is_the_same_week(weeks: list[Outcome]) -> None:
    first, again, other = weeks

    assert (first.digest, first.seen, first.ended) == (again.digest, again.seen, again.ended)
    assert first.digest != other.digest


def test_orders_that_nobody_ends_are_noticed(weeks: list[Outcome], town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: an association that never looks at what comes back."""
    monkeypatch.setattr(couriers, "end", lambda *told, **more: None)

    found = play(7, town, days=1, orders=ORDERS)

    assert {rule for rule, *_more in found.wrong} >= {"end"}
