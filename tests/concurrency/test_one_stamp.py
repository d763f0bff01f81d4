"""Sixteen numbers are stamped for one purchase at the same moment; and the control, without the constraint."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from django.db import connection

from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon, make_coupon
from jangteo.domains.promotions.rules import Off
from jangteo.domains.stamps.actions import write_stamps
from jangteo.domains.stamps.actions.put_stamp import WantedStamp, put_stamp
from jangteo.domains.stamps.actions.start_programme import NewProgramme, start_programme
from jangteo.domains.stamps.errors import AlreadyStamped
from jangteo.domains.stamps.models import Stamp
from jangteo.domains.stamps.purchases import visit_ref
from jangteo.domains.stamps.queries import turn_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, make_world

pytestmark = pytest.mark.slow

PEOPLE, TIMES, PATIENCE_S = 16, 3, 30
numbers = count(10_000)


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    world = make_world()
    off = NewCoupon(
        name="쿠폰", off=Off(won=1_000), form="given", stall_id=world.fish.pk, limits=Limits(per_person=None)
    )
    coupon = make_coupon(market=world.market, actor=SYSTEM, new=off)
    start_programme(market=world.market, actor=SYSTEM, new=NewProgramme(world.fish.pk, 10, coupon.pk, "쿠폰"))
    return world


@pytest.fixture
def rush(market: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[int, int]]:
    """Everybody has looked whether the purchase has its stamp before anybody puts one. Put, and refused."""

    def stamp(ref: str) -> bool:
        wanted = WantedStamp(market.fish.pk, ref, who=f"010{next(numbers):08}")
        try:
            put_stamp(market=market.market, actor=SYSTEM, wanted=wanted)
        except AlreadyStamped:
            return False
        finally:
            connection.close()
        return True

    def run(ref: str) -> tuple[int, int]:
        looked = threading.Barrier(PEOPLE)

        def look(programme_id: int, purchase: str) -> int | None:
            found = turn_of(programme_id, purchase)
            looked.wait(PATIENCE_S)
            return found

        monkeypatch.setattr(write_stamps, "turn_of", look)
        with ThreadPoolExecutor(PEOPLE) as people:
            done = [one.result() for one in [people.submit(stamp, ref) for _ in range(PEOPLE)]]
        return done.count(True), done.count(False)

    return run


def written(market: World, ref: str) -> int:
    with in_market(market.market.pk):
        return Stamp.objects.filter(purchase=ref).count()


def test_one_of_sixteen_gets_the_stamp(market: World, rush: Callable[[str], tuple[int, int]]) -> None:
    for time in range(TIMES):
        ref = visit_ref(f"purchase-{time}")
        assert rush(ref) == (1, PEOPLE - 1)
        assert written(market, ref) == 1


def test_without_the_constraint_everybody_gets_one(market: World, rush: Callable[[str], tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_stamp_a_purchase")
    ref = visit_ref("purchase-unguarded")

    assert rush(ref) == (PEOPLE, 0)
    assert written(market, ref) == PEOPLE
