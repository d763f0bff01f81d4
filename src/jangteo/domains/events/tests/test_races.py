"""Sixty-four people press for the last place: one gets it. Without the lock several do."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from jangteo.domains.events.actions import sign_up as sign_up_module
from jangteo.domains.events.errors import PlacesGone
from jangteo.domains.events.models import Event
from jangteo.domains.events.queries import counted
from jangteo.domains.events.tests.gatherings import comes, event
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, make_world

CROWD, FEWER = 64, 16


@pytest.fixture(scope="module")
def world(committed_db: str) -> World:
    return make_world()


def rush(world: World, *, crowd: int = CROWD, waiting: bool = False) -> tuple[Event, Counter[str]]:
    with clock.at(NOON):
        found = event(world, places=1, has_waiting=waiting)
    start = threading.Barrier(crowd)

    def come(n: int) -> str:
        start.wait()
        try:
            with clock.at(NOON):
                return comes(world, found, phone=f"0109999{n:04}", key=f"race-{found.pk}-{n:04}").state
        except PlacesGone:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(crowd) as threads:
        went = Counter(threads.map(come, range(crowd)))
    with in_market(world.market.pk):
        return Event.objects.get(pk=found.pk), went


def test_the_last_place_is_given_once(world: World) -> None:
    found, went = rush(world)

    assert went == {"in": 1, "refused": CROWD - 1}
    assert found.taken == 1


def test_everybody_else_waits_where_people_may_wait(world: World) -> None:
    found, went = rush(world, crowd=FEWER, waiting=True)

    assert went == {"in": 1, "waiting": FEWER - 1}
    with in_market(world.market.pk):
        assert (counted(found.pk).coming, counted(found.pk).waiting) == (1, FEWER - 1)


def test_without_the_lock_the_last_place_is_given_several_times(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*, event_id: int) -> Event:
        found = Event.objects.get(pk=event_id)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(sign_up_module, "lock_event", looked)
    found, went = rush(world, crowd=FEWER)

    assert went["in"] > 1
    with in_market(world.market.pk):
        assert counted(found.pk).coming > found.taken
