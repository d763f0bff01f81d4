"""An order gets its place in a wave."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from jangteo.domains.delivery.errors import NoSuchWave, NotReadyInTime, PastCutOff, SeatTaken, WaveFull
from jangteo.domains.delivery.loads import Load
from jangteo.domains.delivery.locating import located
from jangteo.domains.delivery.models import Promise, Seat, Wave, Window
from jangteo.domains.delivery.queries import rest_days, stall_hours, week_window
from jangteo.domains.delivery.rules import MOST_DAYS_AHEAD, Trip, runs_on, too_late_stall, trip_on, window_and_day
from jangteo.domains.markets.calendar import cycle_from_json
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock, live
from jangteo.kernel.action import step


@step
def take_seat(*, market: Market, wave_id: int, load: Load) -> Seat:
    """The seat, and the first promise. The wave is written down with its first seat and locked until the commit.

    Raises NoSuchWave, PastCutOff, NotReadyInTime, WaveFull, SeatTaken and what `located` raises.
    """
    trip = _trip(market, wave_id)
    if Seat.objects.filter(order_id=load.order_id).exists():
        raise SeatTaken
    where = located(market, load.address)
    if late := too_late_stall(trip, stall_hours(load.stall_ids), clock.now()):
        raise NotReadyInTime(stall=late)
    if not _claim(market, trip):
        raise WaveFull
    now = clock.now()
    seat = Seat.objects.create(
        market=market,
        wave_id=trip.wave_id,
        order_id=load.order_id,
        place_id=where.place_id,
        zone_id=where.zone_id,
        address=where.text,
        lat_e6=where.lat_e6,
        lon_e6=where.lon_e6,
        total_won=load.fee.total_won,
        customer_won=load.fee.customer_won,
        stalls_won=load.fee.stalls_won,
        municipality_won=load.fee.municipality_won,
        taken_at=now,
    )
    Promise.objects.create(
        market=market,
        order_id=load.order_id,
        from_at=trip.starts_at,
        until_at=trip.ends_at,
        why=Promise.Why.FIRST,
        said_at=now,
    )
    live.publish([live.News(f"market:{market.pk}", "wave")])
    return seat


def _trip(market: Market, wave_id: int) -> Trip:
    """The window on its day, as long as it may still be chosen."""
    try:
        window_id, day = window_and_day(wave_id)
    except ValueError as wrong:
        raise NoSuchWave from wrong
    row = Window.objects.filter(pk=window_id, is_on=True).first()
    if row is None or day < clock.calendar_day():
        raise NoSuchWave
    window = week_window(row)
    if not runs_on(window, day, cycle_from_json(market.cycle), rest_days([day])) or not _is_near(day):
        raise NoSuchWave
    trip = trip_on(window, day)
    if clock.now() >= trip.cut_off_at:
        raise PastCutOff(until=f"{trip.cut_off_at.astimezone(clock.KST):%H:%M}")
    return trip


def _is_near(day: date) -> bool:
    return (day - clock.calendar_day()).days <= MOST_DAYS_AHEAD


def _claim(market: Market, trip: Trip) -> bool:
    """Count one more, in one statement that no other can come between; False where the wave is full."""
    free = Wave.objects.filter(pk=trip.wave_id, taken__lt=F("capacity"))
    if free.update(taken=F("taken") + 1):
        return True
    wave = Wave(
        id=trip.wave_id,
        market=market,
        window_id=window_and_day(trip.wave_id)[0],
        day=trip.day,
        starts_at=trip.starts_at,
        ends_at=trip.ends_at,
        cut_off_at=trip.cut_off_at,
        capacity=trip.capacity,
    )
    Wave.objects.bulk_create([wave], ignore_conflicts=True)
    return bool(free.update(taken=F("taken") + 1))
