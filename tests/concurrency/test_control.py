"""The same rush with and without locks: only if it oversells without them does it say anything with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.domains.stock.models import StockItem
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.books import wrong_in_the_books
from tests.concurrency.crowd import buy, crowd
from tests.serving import Served
from tests.world import World, make_world

pytestmark = pytest.mark.slow

UNITS = 5
WITHOUT_LOCKS = "tests.concurrency.unlocked:application"


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    return make_world()


def rush(world: World, log: Path, application: str = "") -> tuple[int, int]:
    """Everybody wants the last five, one each. Units sold now, and units left."""
    before = sold(world)
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=UNITS)
    with Served("web", log, application) as web, crowd(web.port) as people:
        answers = people.at_once(
            [partial(buy, caller, world, [(world.mackerel.pk, 1, None)]) for caller in people.callers]
        )
    assert {answer.code for answer in answers} <= {"", "ordering.not_enough"}
    with in_market(world.market.pk):
        left = StockItem.objects.get(good=world.mackerel).on_hand
    accepted = [answer for answer in answers if answer.status == 201]
    assert sold(world) - before == len(accepted)
    return len(accepted), left


def sold(world: World) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(quantity), 0) FROM ordering_line WHERE good_id = %s", [world.mackerel.pk])
        return int(cursor.fetchone()[0])


def test_with_locks_exactly_what_is_there_is_sold(market: World, tmp_path: Path) -> None:
    assert rush(market, tmp_path / "web.log") == (UNITS, 0)
    assert wrong_in_the_books() == []


def test_without_locks_the_same_rush_oversells(market: World, tmp_path: Path) -> None:
    units, _ = rush(market, tmp_path / "web.log", WITHOUT_LOCKS)

    assert units > UNITS
    assert "count unlike its movements" in [rule for rule, _ in wrong_in_the_books()]
