"""The coming days of the market as a calendar shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from jangteo.domains.markets.calendar import cycle_from_json, is_market_day, is_trading_day
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock

WEEKS = 4


@dataclass(frozen=True, slots=True)
class Day:
    """`is_big`: the rotation's own day (장날). `is_past`: before today, there only to fill the first week."""

    date: date
    is_open: bool
    is_big: bool
    is_today: bool
    is_past: bool

    @property
    def is_first(self) -> bool:
        """Whether the month is to be named beside it."""
        return self.is_today or self.date.day == 1


def coming_days(market: Market) -> list[list[Day]]:
    """Four weeks from this Sunday on; nothing for a market without a 장날, where every day is like the next."""
    cycle = cycle_from_json(market.cycle)
    if cycle is None or not cycle.digits:
        return []
    today = clock.today()
    days = [
        Day(
            date=day,
            is_open=is_trading_day(cycle, day),
            is_big=is_market_day(cycle, day),
            is_today=day == today,
            is_past=day < today,
        )
        for day in islice(_from_sunday(today), 7 * WEEKS)
    ]
    return [days[at : at + 7] for at in range(0, len(days), 7)]


def _from_sunday(today: date) -> Iterator[date]:
    day = today - timedelta(days=today.isoweekday() % 7)
    while True:
        yield day
        day += timedelta(days=1)
