"""The price dial: which prices lie one tap away, which jump is asked about first, and which prices have ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.catalog.actions.set_price import MOST_WON
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import ended_prices
from jangteo.kernel import clock

# Where the way back leads from a price that was named for a good without one.
ENDED = "ended"
STEPS_WON = (-100, 100, -500, 500, -1000, 1000)
LEAP = 3


@dataclass(frozen=True, slots=True)
class Dial:
    """One tap: `step_won` up or down gives `price_won`."""

    step_won: int
    price_won: int

    @property
    def sign(self) -> str:
        return "+" if self.step_won > 0 else "−"

    @property
    def size_won(self) -> int:
        return abs(self.step_won)


def dials(price_won: int) -> list[Dial]:
    """The prices one tap away, down and up in pairs. Impossible ones are left out."""
    taps = (Dial(step, price_won + step) for step in STEPS_WON)
    return [tap for tap in taps if 0 < tap.price_won <= MOST_WON]


def way_back(good: Good, now: datetime) -> str:
    """What a good without a price of today was before it got one: `ENDED`, "asked", or "" for any other good."""
    if good.price_ended(now):
        return ENDED
    return Good.PriceLife.ASKED if good.asks_price else ""


def yesterdays(stall_id: int, now: datetime) -> list[Good]:
    """Goods whose price is an earlier day's: what the stall is asked in the morning, and not in the evening before."""
    start, _end = clock.day_bounds(clock.business_day(now))
    return ended_prices(stall_id, start)


def is_leap(was_won: int, price_won: int) -> bool:
    """True for three times as much or a third: most likely a zero too many or too few."""
    return price_won >= was_won * LEAP or price_won * LEAP <= was_won
