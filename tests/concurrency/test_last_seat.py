"""Sixty-four orders want the last seats of a wave at the same moment; and the control, without the guard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from django.db import connection

from jangteo.domains.delivery.actions import take_seat as taking
from jangteo.domains.delivery.errors import SeatTaken, WaveFull
from jangteo.domains.delivery.models import Seat, Wave
from jangteo.domains.delivery.rules import Trip
from jangteo.domains.delivery.tests.seats import next_wave, rise, sit
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, delivers, make_world

pytestmark = pytest.mark.slow

ORDERS, SEATS, PATIENCE_S = 64, 3, 60
slugs = count(1)


@pytest.fixture
def market(committed_db: str) -> Iterator[World]:
    number = next(slugs)
    with clock.at(NOON):
        world = make_world(f"last-seat-{number}", str(number))
        delivers(world, capacity=SEATS)
        yield world


def rush(world: World, wave: int, orders: list[int]) -> tuple[int, int]:
    """All of them press at once; how many sit, and how many were told that it is full or theirs already."""
    ready = threading.Barrier(len(orders))

    def press(order_id: int) -> bool:
        try:
            ready.wait(PATIENCE_S)
            with clock.at(NOON):
                sit(market=world.market, wave_id=wave, order_id=order_id)
        except (WaveFull, SeatTaken):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(orders)) as people:
        done = list(people.map(press, orders))
    return done.count(True), done.count(False)


def counted(world: World, wave: int) -> tuple[int, int]:
    """What the wave says, and how many sit there."""
    with in_market(world.market.pk):
        return Wave.objects.get(pk=wave).taken, Seat.objects.filter(wave_id=wave, freed_at=None).count()


def test_the_last_seats_go_to_exactly_as_many(market: World) -> None:
    wave, first = next_wave(market), market.market.pk * 1_000
    assert rush(market, wave, [first + n for n in range(ORDERS)]) == (SEATS, ORDERS - SEATS)
    assert counted(market, wave) == (SEATS, SEATS)
    with in_market(market.market.pk):
        leaver = Seat.objects.filter(wave_id=wave)[0].order_id
    rise(market=market.market, order_id=leaver)
    assert rush(market, wave, [first + 100 + n for n in range(ORDERS)]) == (1, ORDERS - 1)
    assert counted(market, wave) == (SEATS, SEATS)


def test_without_the_guard_more_sit_there_than_there_are_seats(market: World, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Barrier(ORDERS)
    wave, first = next_wave(market), market.market.pk * 1_000
    sit(market=market.market, wave_id=wave, order_id=first)

    def look_then_write(_market: Market, trip: Trip) -> bool:
        seen = Wave.objects.get(pk=trip.wave_id)
        looked.wait(PATIENCE_S)
        seen.taken += 1
        seen.save(update_fields=["taken"])
        return seen.taken <= seen.capacity

    monkeypatch.setattr(taking, "_claim", look_then_write)
    assert rush(market, wave, [first + 1 + n for n in range(ORDERS)]) == (ORDERS, 0)
    assert counted(market, wave) == (2, ORDERS + 1)
