"""Three days of a kiosk whose network comes and goes, with a clock that is wrong and put right in between."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta

import pytest
from django.test import Client

from jangteo.domains.devices.actions.retire_screen import retire_screen
from jangteo.domains.devices.models import Screen
from jangteo.domains.ledger.queries import balances_won
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import KioskOrder, Line, StallPart
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.domains.stock.models import StockItem, StockMovement
from jangteo.faces.kiosk.tests.kiosk import Kiosk, seen
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from jangteo.project.invariants import INVARIANTS
from tests.books import wrong_in_the_books
from tests.world import NOON, World

HOURS, ORDERS, FEW, PIECES = 72, 100, 12, 500
BEHIND = timedelta(minutes=-10)
# One in another time zone, and one that was never set.
OTHER_CLOCKS = (timedelta(minutes=10), timedelta(hours=9), timedelta(days=-9_000))
MISHAPS = ("answer lost", "two tabs", "nothing", "reload", "taken down", "cookies gone")
# When each ticket was ordered, and how many mackerels.
Told = dict[str, tuple[datetime, int]]


@pytest.fixture(autouse=True)
def _plenty(world: World) -> None:
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=PIECES)


def three_days(world: World, kiosk: Kiosk, orders: int, online_every: int) -> Told:
    """What people ordered. All of it has been sent in the end, once the network is back for good."""
    chance = random.Random(7)
    told: Told = {}
    mishaps = itertools.cycle(MISHAPS)
    for number, minute in enumerate(sorted(chance.sample(range(HOURS * 60), orders))):
        with clock.at(NOON + timedelta(minutes=minute)):
            pieces = chance.randint(1, 3)
            kept = kiosk.order(seen(world.mackerel, pieces), seen(world.tofu), tender=chance.choice(["cash", "card"]))
            told[str(kept.body["ticket"])] = (clock.now(), pieces)
            if number % online_every == online_every - 1:
                _come_online(kiosk, world, next(mishaps))
    with clock.at(NOON + timedelta(hours=HOURS)):
        kiosk.pair(world.market)
        kiosk.loses = 0
        kiosk.flush()
    assert kiosk.disk == []
    return told


def _come_online(kiosk: Kiosk, world: World, what: str) -> None:
    """The line is back for a moment, and something goes wrong with it."""
    if what == "answer lost":
        kiosk.loses = 1
    elif what == "two tabs":
        # The other tab has read the same disk and sends the same things at the same time.
        for kept in list(kiosk.disk)[:2]:
            kiosk.send(kept)
    elif what == "reload":
        kiosk.client, cookies = Client(), kiosk.client.cookies
        kiosk.client.cookies = cookies
    elif what == "taken down":
        with in_market(world.market.pk):
            screen = Screen.objects.latest("pk")
        retire_screen(market=world.market, actor=SYSTEM, screen_id=screen.pk)
    elif what == "cookies gone":
        kiosk.leave()
    kiosk.flush()
    if what in ("taken down", "cookies gone"):
        kiosk.pair(world.market)


def ordered(world: World) -> Told:
    """What the market has: each ticket of it once."""
    with in_market(world.market.pk):
        made = list(KioskOrder.objects.values_list("ticket", "made_at", "order_id"))
        pieces = dict(Line.objects.filter(good=world.mackerel).values_list("part__order_id", "quantity"))
    assert len({ticket for ticket, _made_at, _order in made}) == len(made)
    return {ticket: (made_at, pieces[order_id]) for ticket, made_at, order_id in made}


def left(world: World) -> tuple[int, int]:
    """What was sold by the movements, and what is left by the count."""
    with in_market(world.market.pk):
        sold = -sum(StockMovement.objects.filter(reason="sold").values_list("delta", flat=True))
        return sold, StockItem.objects.get(good=world.mackerel).on_hand


def hand_everything_over(world: World) -> None:
    with in_market(world.market.pk):
        part_ids = list(StallPart.objects.order_by("pk").values_list("pk", flat=True))
    for part_id in part_ids:
        for deed in (accept_part, ready_part, hand_over_part):
            deed(market=world.market, actor=SYSTEM, part_id=part_id)


def test_a_hundred_orders_of_three_days_are_each_there_once_in_the_stock_and_in_the_book(
    world: World, kiosk: Kiosk
) -> None:
    kiosk.skew = BEHIND
    told = three_days(world, kiosk, ORDERS, online_every=9)
    hand_everything_over(world)

    pieces = sum(count for _moment, count in told.values())
    fish, tofu = f"stall:{world.fish.pk}", f"stall:{world.tofu_stall.pk}"
    assert (len(told), ordered(world)) == (ORDERS, told)
    assert left(world) == (pieces, PIECES - pieces)
    with in_market(world.market.pk):
        assert balances_won(f"{fish}:") == {f"{fish}:till": 8_000 * pieces, f"{fish}:sales": -8_000 * pieces}
        assert balances_won(f"{tofu}:") == {f"{tofu}:till": 2_000 * ORDERS, f"{tofu}:sales": -2_000 * ORDERS}
    assert [breach for one in INVARIANTS for breach in one.breaches()] == []
    assert wrong_in_the_books() == []


@pytest.mark.parametrize("skew", OTHER_CLOCKS, ids=str)
def test_a_wrong_clock_neither_loses_an_order_nor_moves_it(world: World, kiosk: Kiosk, skew: timedelta) -> None:
    kiosk.skew = skew
    told = three_days(world, kiosk, FEW, online_every=3)

    pieces = sum(count for _moment, count in told.values())
    assert ordered(world) == told
    assert left(world) == (pieces, PIECES - pieces)
