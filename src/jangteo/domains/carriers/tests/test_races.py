"""Many presses at once call one courier. Without the lock only the database stops the second."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from jangteo.domains.carriers.errors import QuickUnderWay
from jangteo.domains.carriers.tests.roads import called, roads, to_be_brought
from jangteo.domains.ordering.models import Order
from tests.world import World, make_world

CROWD = 8


@pytest.fixture(scope="module")
def world(committed_db: str) -> World:
    return make_world()


def rush(world: World) -> list[str]:
    brought = to_be_brought(world)

    def press(number: int) -> str:
        try:
            called(world, brought, f"press-number-{number}")
        except QuickUnderWay:
            return "runs"
        except IntegrityError:
            return "refused by the database"
        finally:
            connection.close()
        return "called"

    with roads(), ThreadPoolExecutor(CROWD) as presses:
        return sorted(presses.map(press, range(CROWD)))


def test_eight_presses_at_the_same_moment_call_one_courier(world: World) -> None:
    assert rush(world) == ["called", *["runs"] * (CROWD - 1)]


def test_without_the_lock_the_database_has_to_stop_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def unlocked(rows: QuerySet[Order], **_how: object) -> QuerySet[Order]:
        return rows

    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)

    told = [one for _round in range(5) for one in rush(world)]

    assert told.count("called") == 5
    assert "refused by the database" in told
