"""Calendar months in Korea as moments."""

from __future__ import annotations

from datetime import date, datetime, time

from jangteo.domains.regulars.rules import months_later
from jangteo.kernel import clock


def month_bounds(month: date) -> tuple[datetime, datetime]:
    """Start (inclusive) and end (exclusive) of the calendar month that begins with this day."""
    return clock.korean(month, time()), clock.korean(months_later(month, 1), time())


def start_of(day: date) -> datetime:
    """Korean midnight at the beginning of a day."""
    return clock.korean(day, time())
