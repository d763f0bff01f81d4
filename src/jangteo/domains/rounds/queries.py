"""Rounds as couriers, the office and customers see them, in the market in scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Prefetch, QuerySet, Sum

from jangteo.domains.ordering.models import StallPart
from jangteo.domains.people.models import Device, Role
from jangteo.domains.rounds.models import Earning, Lack, Rate, Round, Stop
from jangteo.domains.rounds.rules import held_up
from jangteo.domains.rounds.states import STOP_IS_OPEN, StopState
from jangteo.kernel import clock

SHOWN_AFTER = timedelta(hours=12)
MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """Where an order is. `ahead` is how many other doors come before it, `expected_at` when by now it will be there."""

    stop: Stop
    ahead: int
    expected_at: datetime


@dataclass(frozen=True, slots=True)
class DayPay:
    """What a courier earned on a day, for how many orders."""

    day: date
    orders: int
    won: int


def couriers() -> list[Device]:
    """Phones of couriers that are not shut out, newest first."""
    rows = Device.objects.filter(role=Role.COURIER, revoked_at__isnull=True)
    return list(rows.order_by("-bound_at", "-pk"))


def stops_for(courier_id: int) -> list[Stop]:
    """The courier's stops of today's rounds in their sequence, with orders, parts, lines and lacks. Five statements."""
    since = clock.now() - SHOWN_AFTER
    rows = Stop.objects.filter(round__courier_id=courier_id, round__wave__ends_at__gt=since)
    return list(_loaded(rows).order_by("round__wave__starts_at", "round_id", "position", "pk"))


def rounds_of_wave(wave_id: int) -> list[Round]:
    """With couriers and stops, the courier who was here first before. Three statements."""
    stops = Prefetch("stops", Stop.objects.select_related("order").order_by("position", "pk"))
    rows = Round.objects.filter(wave_id=wave_id).select_related("courier")
    return list(rows.prefetch_related(stops).order_by("pk"))


def riding(wave_id: int) -> set[int]:
    """Couriers of the wave who have not dropped out."""
    return set(Round.objects.filter(wave_id=wave_id, left_at=None).values_list("courier_id", flat=True))


def came_back() -> int:
    """How many orders wait at the hub for somebody to decide. One statement."""
    return Stop.objects.filter(state=StopState.FAILED, again=False, order__state="placed").count()


def way_of(order_id: int) -> OnTheWay | None:
    """The order's newest stop with what lies before it, None where no round has it. Two statements."""
    stop = Stop.objects.filter(order_id=order_id).select_related("round").order_by("-pk").first()
    if stop is None:
        return None
    open_stops = list(Stop.objects.filter(round_id=stop.round_id, state__in=STOP_IS_OPEN).order_by("position", "pk"))
    before = {one.building for one in open_stops if one.position < stop.position}
    return OnTheWay(stop, len(before - {stop.building}), stop.due_at + _delay(open_stops, clock.now()))


def unsettled() -> tuple[list[Stop], list[Lack]]:
    """What couriers brought back and nobody has sent out again or ended, and what was missing, of three days."""
    since = clock.now() - timedelta(days=3)
    failed = Stop.objects.filter(state=StopState.FAILED, again=False, changed_at__gt=since, order__state="placed")
    lacks = Lack.objects.filter(at__gt=since).select_related("stop__order")
    return list(failed.select_related("order", "round__courier").order_by("-pk")), list(lacks.order_by("-pk"))


def rate_on(day: date) -> int:
    """Won for an order brought on that day, 0 where nothing is written down."""
    row = Rate.objects.filter(starts__lte=day).order_by("-starts", "-pk").first()
    return 0 if row is None else row.stop_won


def pay_by_day(courier_id: int) -> list[DayPay]:
    """The newest day first. One statement."""
    rows = Earning.objects.filter(courier_id=courier_id).values("day")
    sums = rows.annotate(orders=Count("pk"), won=Sum("won")).order_by("-day")[:MOST_DAYS]
    return [DayPay(row["day"], row["orders"], row["won"]) for row in sums]


def expected_ends(now: datetime) -> dict[int, datetime]:
    """When each wave that is under way will be done by now. One statement."""
    rows = Stop.objects.filter(state__in=STOP_IS_OPEN, round__wave__ends_at__gt=now - SHOWN_AFTER)
    by_round: dict[int, list[Stop]] = {}
    for stop in rows.select_related("round").order_by("round_id", "position", "pk"):
        by_round.setdefault(stop.round_id, []).append(stop)
    ends: dict[int, datetime] = {}
    for stops in by_round.values():
        wave_id, end = stops[0].round.wave_id, stops[-1].due_at + _delay(stops, now)
        ends[wave_id] = max(end, ends.get(wave_id, end))
    return ends


def late_orders(wave_id: int, now: datetime) -> list[tuple[int, datetime]]:
    """Orders of a wave that are still on their way, each with when it will be there by now."""
    found: list[tuple[int, datetime]] = []
    for one in rounds_of_wave(wave_id):
        stops = [stop for stop in one.stops.all() if stop.state in STOP_IS_OPEN]
        found += [(stop.order_id, stop.due_at + _delay(stops, now)) for stop in stops]
    return found


def door_photo(name: str, order_id: int) -> bool:
    """Whether the order's door is on this photo."""
    return bool(name) and Stop.objects.filter(order_id=order_id, photo=name).exists()


def _delay(stops: Sequence[Stop], now: datetime) -> timedelta:
    return held_up(stops[0].due_at, now) if stops else timedelta(0)


def _loaded(rows: QuerySet[Stop]) -> QuerySet[Stop]:
    parts = StallPart.objects.select_related("stall").prefetch_related("lines")
    return rows.select_related("order", "round__wave").prefetch_related(Prefetch("order__parts", parts), "lacks")
