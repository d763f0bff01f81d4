"""Four presses of one call at once make one order. Without the key each makes its own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

from jangteo.domains.calls.actions import place_phone_order as place_module
from jangteo.domains.calls.models import PhoneOrder
from jangteo.domains.calls.tests.telephone import CLERK, told
from jangteo.kernel import ids
from jangteo.kernel.idempotency import KeyBusy
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world, wants

PRESSES = 4


@pytest.fixture(scope="module")
def world(committed_db: str) -> World:
    return make_world()


def orders(world: World) -> int:
    with in_market(world.market.pk):
        return PhoneOrder.objects.count()


def _nothing(**_facts: object) -> None:
    """Keeps and knows no key."""


def rush(world: World) -> int:
    """How many orders one call came to."""
    before, key, start = orders(world), ids.new_token(), threading.Barrier(PRESSES)
    call = told(wants((world.cabbage, 1)))

    def press(_n: int) -> None:
        start.wait()
        try:
            with suppress(KeyBusy):
                place_module.place_phone_order(market=world.market, actor=CLERK, told=call, key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(PRESSES) as threads:
        list(threads.map(press, range(PRESSES)))
    return orders(world) - before


def test_presses_at_once_make_one_order(world: World) -> None:
    assert rush(world) == 1


def test_without_the_key_each_makes_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_module, "earlier_answer", _nothing)
    monkeypatch.setattr(place_module, "keep_answer", _nothing)

    assert rush(world) == PRESSES
