"""On which days Korean banks move money, and when a payment is due.

Banks rest on Saturdays, Sundays, public holidays with their substitutes, and Labour Day. The holidays come from the
library of the same name; what the government decrees later than that library's release is given as `also_closed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from holidays import country_holidays
from holidays.constants import BANK, PUBLIC

from jangteo.kernel.clock import KST

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The holidays of a year on which banks are closed, those that fall on weekends included."""
    return frozenset(country_holidays("KR", years=year, categories=(PUBLIC, BANK)))


def korean_date(moment: datetime) -> date:
    """The calendar day in Korea. Gateways and banks count from midnight, unlike the market's own trading day."""
    return moment.astimezone(KST).date()


@dataclass(frozen=True, slots=True)
class BankDays:
    """The bank calendar. `also_closed` are closed days that the holidays library does not know yet."""

    also_closed: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in bank_holidays(day.year) and day not in self.also_closed

    def on_or_after(self, day: date) -> date:
        """The day itself when banks are open, else the next day that they are."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself when banks are open, else the last day that they were."""
        while not self.is_open(day):
            day -= ONE_DAY
        return day

    def next(self, day: date) -> date:
        """The first business day after `day`."""
        return self.on_or_after(day + ONE_DAY)

    def previous(self, day: date) -> date:
        """The last business day before `day`."""
        return self.on_or_before(day - ONE_DAY)

    def plus(self, day: date, count: int) -> date:
        """D+count: that many business days after `day`, whether or not `day` is one. D+0 is `on_or_after`.

        Raises ValueError for a negative count.
        """
        if count < 0:
            raise ValueError("business days are counted forward")
        if count == 0:
            return self.on_or_after(day)
        for _ in range(count):
            day = self.next(day)
        return day

    def due(self, moment: datetime, count: int) -> date:
        """D+count of an aware moment, by the calendar day in Korea."""
        return self.plus(korean_date(moment), count)

    def between(self, start: date, end: date) -> int:
        """How many business days come after `start` up to and including `end`. Zero when `end` is not later."""
        days = (start + ONE_DAY * n for n in range(1, (end - start).days + 1))
        return sum(self.is_open(day) for day in days)
