"""What customers are offered, what orders were promised, and what the office sees of it, in the market in scope."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.errors import NoDelivery, NoWindow
from jangteo.domains.delivery.fees import Fee, Payer, Terms, fee_for
from jangteo.domains.delivery.loads import Located, Offer, Offers
from jangteo.domains.delivery.locating import located, places_on
from jangteo.domains.delivery.models import FeePolicy, Place, Promise, RestDay, Seat, Wave, Window, Zone
from jangteo.domains.delivery.rules import (
    MOST_DAYS_AHEAD,
    StallHours,
    Trip,
    WeekWindow,
    runs_on,
    too_late_stall,
    trip_on,
)
from jangteo.domains.markets.calendar import cycle_from_json
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

MOST_OFFERS = 12
MOST_POLICIES = 50
MOST_WAVES = 60


def pickable_places() -> list[Place]:
    """What customers pick their address from; empty in a market that does not deliver. One statement."""
    return places_on()


def offers(
    market: Market, address: Address | None, goods_won: int, at: datetime, stall_ids: Collection[int] = ()
) -> Offers:
    """The next windows that can be kept for an order, or why there are none. Without an address: the windows alone.

    Six statements, one more with stalls.
    """
    where: Located | None = None
    try:
        where = located(market, address) if address is not None else None
    except Refused as refused:
        return Offers(None, (), why_not=refused.code, facts=refused.facts)
    terms = terms_on(at.astimezone(clock.KST).date())
    if terms is None:
        return Offers(where, (), why_not=NoDelivery.code)
    fee = fee_for(terms, goods_won)
    hours = stall_hours(stall_ids)
    kept = [trip for trip in trips_ahead(market, at) if not too_late_stall(trip, hours, at)]
    waves = Wave.objects.filter(pk__in=[trip.wave_id for trip in kept])
    left = {wave.pk: wave.capacity - wave.taken for wave in waves}
    shown = [
        Offer(trip.wave_id, trip.starts_at, trip.ends_at, trip.cut_off_at, fee, left.get(trip.wave_id, trip.capacity))
        for trip in kept
    ]
    free = tuple(offer for offer in shown if offer.left > 0)[:MOST_OFFERS]
    return Offers(where, free, fee, terms, "" if free else NoWindow.code)


def fee_of(goods_won: int, at: datetime) -> Fee | None:
    """What an order of so much goods costs to bring, None where no fee has been set. One statement."""
    terms = terms_on(at.astimezone(clock.KST).date())
    return None if terms is None else fee_for(terms, goods_won)


def terms_on(day: date) -> Terms | None:
    """The fee in force on a day; of those that have begun, the newest."""
    row = FeePolicy.objects.filter(starts__lte=day).order_by("-starts", "-pk").first()
    return None if row is None else terms_of(row)


def terms_of(row: FeePolicy) -> Terms:
    """The row as plain terms."""
    return Terms(row.fee_won, Payer(row.payer), row.free_from_won, row.municipality_won)


def trips_ahead(market: Market, at: datetime) -> list[Trip]:
    """The windows of the coming week that may still be chosen, the next first. Two statements."""
    first = at.astimezone(clock.KST).date()
    days = [first + timedelta(days=ahead) for ahead in range(MOST_DAYS_AHEAD + 1)]
    rest, cycle = rest_days(days), cycle_from_json(market.cycle)
    windows = [week_window(row) for row in Window.objects.filter(is_on=True).order_by("starts", "pk")]
    trips = [trip_on(window, day) for day in days for window in windows if runs_on(window, day, cycle, rest)]
    return sorted((t for t in trips if at < t.cut_off_at), key=lambda trip: (trip.starts_at, trip.wave_id))


def rest_days(days: Collection[date]) -> frozenset[date]:
    """Which of these the market delivers nothing on."""
    return frozenset(RestDay.objects.filter(day__in=days).values_list("day", flat=True))


def week_window(row: Window) -> WeekWindow:
    """The row as plain values."""
    return WeekWindow(
        row.pk, tuple(row.days), row.starts, row.ends, row.cut_off_minutes, row.capacity, row.runs, row.on_holidays
    )


def stall_hours(stall_ids: Collection[int]) -> list[StallHours]:
    """When these stalls open. One statement, none for none."""
    if not stall_ids:
        return []
    return [StallHours(*row) for row in Stall.objects.filter(pk__in=stall_ids).values_list("name", "opens_at")]


def promise_of(order_id: int) -> Promise | None:
    """The one time that holds for an order."""
    return Promise.objects.filter(order_id=order_id).order_by("-pk").first()


def promises_of(order_id: int) -> list[Promise]:
    """All that was said, the newest first."""
    return list(Promise.objects.filter(order_id=order_id).order_by("-pk"))


def seat_of(order_id: int) -> Seat | None:
    """The order's seat, freed or not, with its wave. One statement."""
    return Seat.objects.select_related("wave").filter(order_id=order_id).first()


def seats_of_wave(wave_id: int) -> list[Seat]:
    """Those that are taken, in the order they were."""
    return list(Seat.objects.filter(wave_id=wave_id, freed_at=None).order_by("pk"))


def fee_policies() -> list[FeePolicy]:
    """The newest first; the one in force is the first that has begun."""
    return list(FeePolicy.objects.order_by("-starts", "-pk")[:MOST_POLICIES])


def zones() -> list[Zone]:
    """All of them with their places, those that are delivered to first. Two statements."""
    return list(Zone.objects.prefetch_related("places").order_by("-is_on", "name", "pk"))


def zone_by_id(zone_id: int) -> Zone:
    """With its places. Raises Zone.DoesNotExist."""
    return Zone.objects.prefetch_related("places").get(pk=zone_id)


def windows() -> list[Window]:
    """Those that run first, by their time."""
    return list(Window.objects.order_by("-is_on", "starts", "pk"))


def window_by_id(window_id: int) -> Window:
    """Raises Window.DoesNotExist."""
    return Window.objects.get(pk=window_id)


def rest_days_ahead(day: date) -> list[RestDay]:
    """From a day on, the next first."""
    return list(RestDay.objects.filter(day__gte=day).order_by("day")[:MOST_POLICIES])


def wave_by_id(wave_id: int) -> Wave:
    """Raises Wave.DoesNotExist."""
    return Wave.objects.get(pk=wave_id)


def waves_from(moment: datetime, until: datetime) -> list[Wave]:
    """Those written down that end after a moment and begin before another, by their time."""
    rows = Wave.objects.filter(ends_at__gt=moment, starts_at__lt=until)
    return list(rows.order_by("starts_at", "pk")[:MOST_WAVES])


def late_waves() -> list[Wave]:
    """Those thought to be late that are not long over: they ask for a word to their customers."""
    since = clock.now() - timedelta(hours=3)
    return list(Wave.objects.filter(is_late=True, ends_at__gt=since, taken__gt=0).order_by("starts_at", "pk"))
