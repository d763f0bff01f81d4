"""Sixty-four desks at once: exactly the vouchers that lie there go out. Without the lock they do not."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.models import Sum

from jangteo.domains.rebates.actions import lock_visit
from jangteo.domains.rebates.errors import RebatesRefused
from jangteo.domains.rebates.models import PaperMove, Payout, RebateEvent, RebatePerson, RebateVisit, TableReceipt
from jangteo.domains.rebates.tests.desks import paid, rebate, told
from jangteo.kernel import clock, ids
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, make_world

CROWD, FEWER, THERE = 64, 16, 5


@pytest.fixture(scope="module")
def world(committed_db: str) -> World:
    return make_world()


def rush(world: World, day: int, crowd: int = CROWD) -> tuple[RebateEvent, Counter[str]]:
    """Everybody holds a receipt that is worth one voucher, and there are five."""
    with clock.at(NOON):
        today = clock.business_day(NOON)
        event = rebate(world, told(starts_on=today.replace(year=today.year + day), days=1, vouchers=THERE))
    visits = _visits(world, event, crowd)
    start = threading.Barrier(crowd)
    moment = clock.day_bounds(event.starts_on)[0] + (NOON - clock.day_bounds(today)[0])

    def pay(visit: RebateVisit) -> str:
        start.wait()
        try:
            with clock.at(moment):
                paid(world, visit, 1, f"race-{visit.pk:06}")
        except RebatesRefused as no:
            return no.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(crowd) as threads:
        return event, Counter(threads.map(pay, visits))


def _visits(world: World, event: RebateEvent, crowd: int) -> list[RebateVisit]:
    bought = clock.day_bounds(event.starts_on)[0]
    common = {"market": world.market, "event": event}
    with in_market(world.market.pk):
        people = RebatePerson.objects.bulk_create(
            RebatePerson(**common, digest=f"{event.pk}:{n}", shown="", came_at=bought) for n in range(crowd)
        )
        visits = RebateVisit.objects.bulk_create(
            RebateVisit(
                **common,
                day=event.starts_on,
                number=n,
                token=ids.new_token(),
                key=f"race-{n}",
                person=one,
                state="called",
                taken_at=bought,
            )
            for n, one in enumerate(people, 1)
        )
        TableReceipt.objects.bulk_create(
            TableReceipt(
                market=world.market,
                visit=visit,
                stall=world.fish,
                source="paper",
                key=f"{event.pk}:{visit.number}",
                bought_at=bought,
                total_won=34_000,
                agri_won=0,
                fish_won=34_000,
                checked=True,
            )
            for visit in visits
        )
    return visits


def books(world: World, event: RebateEvent) -> tuple[int, int, int]:
    """What the counter says, what the moves say, and how many were handed over."""
    with in_market(world.market.pk):
        moved = PaperMove.objects.filter(event=event).aggregate(n=Sum("change"))["n"]
        out = Payout.objects.filter(event=event).aggregate(n=Sum("vouchers"))["n"]
        return RebateEvent.objects.get(pk=event.pk).vouchers_left, moved, out


def test_exactly_the_vouchers_that_lie_there_go_out(world: World) -> None:
    event, went = rush(world, 1)

    assert went == {"": THERE, "rebates.paper_short": CROWD - THERE}
    assert books(world, event) == (0, 0, THERE)


def test_without_the_lock_the_same_rush_hands_out_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(*, event_id: int) -> RebateEvent:
        event = RebateEvent.objects.get(pk=event_id)
        time.sleep(0.05)
        return event

    monkeypatch.setattr(lock_visit, "lock_rebate", looked)
    event, went = rush(world, 2, FEWER)
    left, moved, out = books(world, event)

    assert went[""] > THERE
    assert (left, out) != (moved, THERE)
