"""The same kiosk order from many tabs at the same moment; and the control, without what makes it one order."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from jangteo.domains.devices.actions.ask_pairing import ask_pairing
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.models import Screen, ScreenKind
from jangteo.domains.ordering.actions import place_kiosk_order as placing
from jangteo.domains.ordering.kiosk import SeenLine, ToldOrder
from jangteo.domains.ordering.models import KioskOrder
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.domains.stock.models import StockItem
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.idempotency import KeyBusy
from jangteo.kernel.tenancy import in_market
from tests.books import wrong_in_the_books
from tests.world import World, make_world

pytestmark = pytest.mark.slow

TABS, TIMES, PIECES = 6, 5, 1_000


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    world = make_world()
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=PIECES)
    return world


@pytest.fixture(scope="module")
def screen(market: World) -> Screen:
    code = ask_pairing(kind=ScreenKind.KIOSK, caller=ids.new_token()).code
    return claim_pairing(market=market.market, actor=SYSTEM, code=code, name="북문", place="북문 앞")


def rush(world: World, screen: Screen, ticket: str) -> list[int]:
    """Every tab sends the same entry, as soon as all are ready. The numbers that were answered."""
    moment, key, ready = clock.now(), str(uuid.uuid4()), threading.Barrier(TABS)
    line = SeenLine(world.mackerel.pk, 1, world.mackerel.price_won)
    told = ToldOrder(ticket, (line,), "cash", moment, moment, has_gone=True)

    def send() -> int:
        try:
            ready.wait(timeout=30)
            while True:
                try:
                    placed = placing.place_kiosk_order(
                        market=world.market, actor=SYSTEM, screen=screen, told=told, key=key
                    )
                except KeyBusy:
                    continue
                return placed.number
        finally:
            connection.close()

    with ThreadPoolExecutor(TABS) as tabs:
        return [tab.result() for tab in [tabs.submit(send) for _ in range(TABS)]]


def made(world: World, ticket: str) -> tuple[int, int]:
    """Orders with this ticket, and mackerels left."""
    with in_market(world.market.pk):
        left = StockItem.objects.get(good=world.mackerel).on_hand
        return KioskOrder.objects.filter(ticket=ticket).count(), left


def test_many_tabs_are_one_order(market: World, screen: Screen) -> None:
    for number in range(1, TIMES + 1):
        ticket = f"K1-{number:02}"
        numbers = rush(market, screen, ticket)

        assert numbers == [numbers[0]] * TABS
        assert made(market, ticket) == (1, PIECES - number)
    assert wrong_in_the_books() == []


def test_without_its_key_the_same_rush_orders_again_and_again(
    market: World, screen: Screen, unkeyed: Callable[[], None]
) -> None:
    unkeyed()
    numbers = rush(market, screen, "K1-99")

    assert len(set(numbers)) == TABS
    assert made(market, "K1-99")[0] == TABS


@pytest.fixture
def unkeyed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Switches off all that makes a repeated request the same one."""

    def forget(**_asked: object) -> None:
        return None

    def switch() -> None:
        monkeypatch.setattr(placing, "earlier_answer", forget)
        monkeypatch.setattr(placing, "keep_answer", forget)
        monkeypatch.setattr(placing, "_ref", lambda _market, _key: ids.new_token())

    return switch
