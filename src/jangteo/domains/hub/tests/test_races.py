"""Helpers press "got it" for the same order at once: it arrives once, and has one number."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from jangteo.domains.hub.actions import receive_part as receive_module
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.models import Parcel, Pick
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.gathering import gathers, goods_parts, to_be_fetched
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.usefixtures("takes_card")
CROWD = 8


@pytest.fixture(scope="module")
def world(committed_db: str) -> World:
    with clock.at(NOON):
        world = make_world()
        gathers(world)
    return world


def rush(world: World) -> tuple[PlacedOrder, list[str]]:
    """Half of the crowd presses for the one stall, half for the other."""
    with clock.at(NOON):
        placed = to_be_fetched(world, (world.cabbage, 1), (world.tofu, 1))
    ids = [part.pk for part in goods_parts(world, placed)]
    start = threading.Barrier(CROWD)

    def press(n: int) -> str:
        start.wait()
        try:
            with clock.at(NOON):
                receive_part(market=world.market, actor=SYSTEM, part_id=ids[n % 2])
            return "got"
        except IntegrityError:
            return "broken"
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as threads:
        return placed, list(threads.map(press, range(CROWD)))


def test_it_arrives_once_and_is_ready(world: World) -> None:
    placed, went = rush(world)

    assert went == ["got"] * CROWD
    with in_market(world.market.pk):
        assert Pick.objects.filter(order_id=placed.order_id, state=Pick.State.GOT).count() == 2
        found = Parcel.objects.get(order_id=placed.order_id)
    assert (found.shelf is None, found.ready_at) == (False, NOON)


def test_without_the_lock_presses_run_into_each_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*, part_id: int) -> StallPart:
        part = StallPart.objects.select_related("order").get(pk=part_id)
        time.sleep(0.05)
        return part

    monkeypatch.setattr(receive_module, "lock_part", looked)
    _placed, went = rush(world)

    assert "broken" in went
