from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_price_life import set_price_life
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import good_by_id
from jangteo.domains.events import errors
from jangteo.domains.events.actions.start_flash import start_flash
from jangteo.domains.events.actions.take_back_flash import take_back_flash
from jangteo.domains.events.jobs import turn_due_flashes
from jangteo.domains.events.models import FlashSale
from jangteo.domains.events.queries import flashes, sellable_goods
from jangteo.domains.events.rules import flash_price, who_moves_up
from jangteo.domains.events.told import NewFlash
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market, in_stall
from tests.world import World


def starts(
    world: World, *goods: Good, percent: int = 30, start: timedelta = timedelta(0), last: timedelta = timedelta(hours=2)
) -> list[FlashSale]:
    at = clock.now() + start
    told = NewFlash(world.fish.pk, tuple(good.pk for good in goods), percent, at, at + last)
    return start_flash(market=world.market, actor=SYSTEM, told=told)


def price(world: World, good: Good) -> tuple[int, str, datetime | None]:
    with in_market(world.market.pk):
        row = Good.objects.get(pk=good.pk)
    return row.price_won, row.price_life, row.price_until


def shown(world: World, good: Good) -> int | None:
    with in_market(world.market.pk):
        found = good_by_id(good.pk)
    return None if found is None else found.price_won


def test_a_flash_sale_begins_at_once_and_ends_on_the_second(world: World) -> None:
    starts(world, world.mackerel, world.hairtail)
    assert (shown(world, world.mackerel), shown(world, world.hairtail)) == (5_600, 1_700)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert shown(world, world.mackerel) is None
        turn_due_flashes()
        assert shown(world, world.mackerel) == 8_000
        assert price(world, world.mackerel) == (8_000, "standing", None)


def test_from_an_hour_on_and_taken_back_before_and_after(world: World) -> None:
    rows = starts(world, world.mackerel, start=timedelta(hours=5))
    turn_due_flashes()
    assert shown(world, world.mackerel) == 8_000
    take_back_flash(market=world.market, actor=SYSTEM, batch=rows[0].batch)
    rows = starts(world, world.mackerel, start=timedelta(hours=5))
    with clock.at(clock.now() + timedelta(hours=5)):
        turn_due_flashes()
        assert shown(world, world.mackerel) == 5_600
        take_back_flash(market=world.market, actor=SYSTEM, batch=rows[0].batch)
        assert price(world, world.mackerel) == (8_000, "standing", None)
        with pytest.raises(errors.FlashOver):
            take_back_flash(market=world.market, actor=SYSTEM, batch=rows[0].batch)


def test_a_price_of_today_gets_its_own_end_back(world: World) -> None:
    set_price_life(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, life=Good.PriceLife.TODAY)
    before = price(world, world.mackerel)
    rows = starts(world, world.mackerel)
    assert price(world, world.mackerel) != before
    take_back_flash(market=world.market, actor=SYSTEM, batch=rows[0].batch)
    assert price(world, world.mackerel) == before


def test_a_price_that_the_stall_names_meanwhile_is_its_own(world: World) -> None:
    starts(world, world.mackerel)
    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=4_000)
    with clock.at(clock.now() + timedelta(hours=2)):
        turn_due_flashes()
    assert price(world, world.mackerel)[0] == 4_000
    starts(world, world.hairtail, start=timedelta(hours=1))
    set_price(market=world.market, actor=SYSTEM, good_id=world.hairtail.pk, price_won=2_000)
    with clock.at(clock.now() + timedelta(hours=1)):
        turn_due_flashes()
    assert price(world, world.hairtail)[0] == 2_000


def test_sold_out_is_the_end_of_it(world: World) -> None:
    starts(world, world.mackerel)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, state=Good.State.SOLD_OUT)
    turn_due_flashes()
    assert price(world, world.mackerel) == (8_000, "standing", None)
    with in_market(world.market.pk):
        assert flashes() == []


def test_what_cannot_be_is_refused_and_changes_nothing(world: World) -> None:
    for refused, percent, start, last in (
        (errors.BadFlash, 0, 0, 2),
        (errors.BadFlash, 200, 0, 2),
        (errors.BadFlash, 30, 0, 0),
        (errors.BadFlash, 30, 0, 20),
        (errors.BadFlash, 30, 24 * 8, 2),
        (errors.BadFlash, 30, -3, 2),
    ):
        with pytest.raises(refused):
            starts(world, world.mackerel, percent=percent, start=timedelta(hours=start), last=timedelta(hours=last))
    with pytest.raises(errors.NothingToSell):
        starts(world, world.cabbage)
    starts(world, world.mackerel)
    with pytest.raises(errors.AlreadyFlash):
        starts(world, world.mackerel, world.hairtail)
    assert shown(world, world.hairtail) == 2_500
    with in_stall(world.market.pk, world.fish.pk):
        assert [good.pk for good in sellable_goods(world.fish.pk)] == [world.hairtail.pk]


@given(st.integers(100, 1_000_000), st.integers(5, 90))
def test_a_flash_price_is_round_cheaper_and_never_gives_more_away_than_a_step(was: int, percent: int) -> None:
    now = flash_price(was, percent)
    exact = was * (100 - percent) // 100

    assert 0 < now < was or exact < 10
    assert now % 10 == 0
    assert exact - now < 500


@given(st.lists(st.integers(1, 5), max_size=8), st.integers(0, 12))
def test_free_places_go_in_order_and_never_too_many(parties: list[int], left: int) -> None:
    up = who_moves_up(list(enumerate(parties)), left)

    assert up == list(range(len(up)))
    assert sum(parties[: len(up)]) <= left
    assert len(up) == len(parties) or sum(parties[: len(up) + 1]) > left
