"""The price dial: which prices lie one tap away, and which jump is asked about first."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.catalog.actions.set_price import MOST_WON

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


def is_leap(was_won: int, price_won: int) -> bool:
    """True for three times as much or a third: most likely a zero too many or too few."""
    return price_won >= was_won * LEAP or price_won * LEAP <= was_won
