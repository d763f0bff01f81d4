"""A period is closed while stalls go on selling: every won is in exactly one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection

from jangteo.domains.settlement.actions.close_run import close_run
from jangteo.domains.settlement.errors import NothingToSettle, RunUnderWay
from jangteo.domains.settlement.models import SettlementLine, SettlementRun
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.money.settling import ANNA, FRIDAY, SATURDAY, Book, at
from tests.world import World, make_world

SALES, DESKS, WON = 40, 3, 1_000


@pytest.fixture
def world(committed_database: Callable[[str], AbstractContextManager[str]]) -> Iterator[World]:
    with committed_database("settling"):
        yield make_world()


def test_no_entry_is_settled_twice_or_never(world: World) -> None:
    market, fish = world.market, world.fish.pk
    Book(market).sale({fish: WON}, at(FRIDAY))

    def sell(number: int) -> None:
        try:
            # Half of them belong to the day that is being closed: their clocks are late.
            when = at(FRIDAY, 23) if number % 2 else at(SATURDAY, 2)
            Book(market, count=100 * number).sale({fish: WON}, when)
        finally:
            connection.close()

    def close(_: int) -> bool:
        try:
            with clock.at(at(SATURDAY, 3)):
                close_run(market=market, actor=ANNA, last=FRIDAY)
            return True
        except (RunUnderWay, NothingToSettle):
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        sold = [threads.submit(sell, number) for number in range(1, SALES + 1)]
        closed = [threads.submit(close, number) for number in range(DESKS)]
        done = [one.result() for one in closed]
        for one in sold:
            one.result()

    assert done.count(True) == 1
    with in_market(market.pk):
        first = SettlementRun.objects.get()
        SettlementRun.objects.filter(pk=first.pk).update(state="approved")
    with clock.at(at(SATURDAY, 3) + timedelta(days=1)):
        second = close_run(market=market, actor=ANNA, last=SATURDAY)
    assert second.after_entry == first.until_entry
    with in_market(market.pk):
        assert sum(SettlementLine.objects.values_list("sales_won", flat=True)) == WON * (SALES + 1)
