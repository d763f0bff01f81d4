"""The one source of time. Everything else asks here, so that a day can be replayed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")
DAY_STARTS_AT_HOUR = 4

_frozen: ContextVar[datetime | None] = ContextVar("frozen_now", default=None)


def now() -> datetime:
    """The present as aware UTC, or the moment set by `at`."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now` answer `moment` inside the block. Raises ValueError for a naive moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def business_day(moment: datetime) -> date:
    """The Korean trading day a moment belongs to: 04:00 to 04:00, so that a night market stays one day."""
    return (moment.astimezone(KST) - timedelta(hours=DAY_STARTS_AT_HOUR)).date()


def today() -> date:
    """The trading day of `now`."""
    return business_day(now())


def calendar_day() -> date:
    """The date that Korean calendars show now, from midnight to midnight: laws and notices count by it."""
    return now().astimezone(KST).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Start (inclusive) and end (exclusive) of a trading day, in UTC."""
    start = korean(day, time(DAY_STARTS_AT_HOUR))
    return start, start + timedelta(days=1)


def korean(day: date, clock_time: time) -> datetime:
    """A wall-clock time in Korea as aware UTC. Korea has no daylight saving, so it is never ambiguous."""
    return datetime.combine(day, clock_time, KST).astimezone(UTC)
