"""Which windows can be kept: days, cut-offs, stalls' hours, and how far a point lies. Plain arithmetic."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from holidays import country_holidays

from jangteo.domains.markets.calendar import Cycle, is_market_day, is_trading_day
from jangteo.kernel import clock

# A stall wants so long after opening until its goods are packed.
READY_MINUTES = 30
MOST_DAYS_AHEAD = 7
_DAYS_IN_ID = 1_000_000
_EARTH_M = 6_371_008


@dataclass(frozen=True, slots=True)
class WeekWindow:
    """A window of the week as it is written down; `days` are ISO weekdays, `runs` as in `Window.Runs`."""

    window_id: int
    days: tuple[int, ...]
    starts: time
    ends: time
    cut_off_minutes: int
    capacity: int
    runs: str = "always"
    on_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Trip:
    """A window on one day: what is promised, and until when it may be."""

    wave_id: int
    day: date
    starts_at: datetime
    ends_at: datetime
    cut_off_at: datetime
    capacity: int


@dataclass(frozen=True, slots=True)
class StallHours:
    """When a stall opens on any day it trades."""

    name: str
    opens_at: time


def wave_id(window_id: int, day: date) -> int:
    """The number of a window's wave on a day, known before the wave is written down."""
    return window_id * _DAYS_IN_ID + day.toordinal()


def window_and_day(wave: int) -> tuple[int, date]:
    """What `wave_id` was made of. Raises ValueError for a number that no wave can have."""
    window_id, ordinal = divmod(wave, _DAYS_IN_ID)
    try:
        return window_id, date.fromordinal(ordinal)
    except (ValueError, OverflowError) as wrong:
        raise ValueError(f"no wave: {wave}") from wrong


def trip_on(window: WeekWindow, day: date) -> Trip:
    """The window on that day, whether it runs or not."""
    starts_at = clock.korean(day, window.starts)
    return Trip(
        wave_id(window.window_id, day),
        day,
        starts_at,
        clock.korean(day, window.ends),
        starts_at - timedelta(minutes=window.cut_off_minutes),
        window.capacity,
    )


def runs_on(window: WeekWindow, day: date, cycle: Cycle | None, rest_days: Collection[date]) -> bool:
    """Whether the window runs on a day: its weekday, the market's rhythm, public holidays, the market's own rest."""
    if day.isoweekday() not in window.days or day in rest_days:
        return False
    if cycle is not None and not is_trading_day(cycle, day):
        return False
    if not window.on_holidays and is_holiday(day):
        return False
    is_fair = cycle is not None and bool(cycle.digits) and is_market_day(cycle, day)
    return {"always": True, "market_days": is_fair, "other_days": not is_fair}[window.runs]


def is_holiday(day: date) -> bool:
    """Whether it is a public holiday in Korea (설, 추석, 삼일절 …), substitutes included."""
    return day in _holidays(day.year)


def too_late_stall(trip: Trip, stalls: Collection[StallHours], now: datetime) -> str:
    """The name of a stall that cannot have its goods ready when the window begins, "" where all can.

    A stall is asked to be ready by the window's beginning. On another day it must have opened in time; today it is
    open already, or the order would not be taken, and needs the same minutes from now.
    """
    ready = timedelta(minutes=READY_MINUTES)
    for stall in stalls:
        opens_at = max(clock.korean(trip.day, stall.opens_at), now)
        if opens_at + ready > trip.starts_at:
            return stall.name
    return ""


def metres_between(one: tuple[int, int], other: tuple[int, int]) -> int:
    """The straight way between two points (latitude, longitude in micro-degrees), rounded down to a metre."""
    lat_a, lon_a, lat_b, lon_b = (radians(value / 1_000_000) for value in (*one, *other))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return int(2 * _EARTH_M * asin(sqrt(min(1.0, half))))


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("KR", years=year))
