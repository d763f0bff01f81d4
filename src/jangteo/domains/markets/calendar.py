"""When a market trades: every day, on the days of a five-day rotation (5일장), or both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TypedDict

ROTATION_DAYS = 5


class CycleJson(TypedDict):
    daily: bool
    digits: list[int]
    on_31st: bool


@dataclass(frozen=True, slots=True)
class Cycle:
    """The rhythm of a market, stored in `Market.cycle` as {"daily": bool, "digits": [int], "on_31st": bool}.

    daily: permanent stalls trade every day (상설장).
    digits: last digits (0-9, ascending) of the solar days on which the big market stands (장날); 5·10 is (0, 5).
    on_31st: whether the big market stands on a 31st. No by default: the 31st is followed by the 1st, so a rotation
    of digit 1 would trade two days running; some towns do, so it is a field of its own and not derived.
    An unknown rhythm is no Cycle: the column holds {} and `cycle_from_json` answers None.
    """

    daily: bool
    digits: tuple[int, ...] = ()
    on_31st: bool = False

    def __post_init__(self) -> None:
        if not self.daily and not self.digits:
            raise ValueError("a market that never trades")
        if list(self.digits) != sorted({digit for digit in self.digits if 0 <= digit <= 9}):
            raise ValueError(f"digits must be 0-9, ascending, each once: {self.digits}")

    def to_json(self) -> CycleJson:
        return {"daily": self.daily, "digits": list(self.digits), "on_31st": self.on_31st}


def cycle_from_json(stored: Mapping[str, object]) -> Cycle | None:
    """The stored rhythm, or None where it is unknown. Raises ValueError for anything of another shape."""
    if not stored:
        return None
    digits = stored.get("digits")
    if not isinstance(digits, list) or not all(isinstance(digit, int) for digit in digits):
        raise ValueError(f"not a cycle: {stored}")
    return Cycle(bool(stored.get("daily")), tuple(digits), bool(stored.get("on_31st")))


def is_market_day(cycle: Cycle, day: date) -> bool:
    """True on a 장날. A market without a rotation has one every day."""
    if not cycle.digits:
        return cycle.daily
    if day.day == 31:
        return cycle.on_31st
    return day.day % 10 in cycle.digits


def is_trading_day(cycle: Cycle, day: date) -> bool:
    """True when anybody trades: the permanent stalls, or the big market."""
    return cycle.daily or is_market_day(cycle, day)


def next_market_days(cycle: Cycle, start: date, count: int) -> list[date]:
    """The first `count` 장날 from `start` on, `start` included."""
    return list(islice(_market_days(cycle, start), count))


def _market_days(cycle: Cycle, start: date) -> Iterator[date]:
    day = start
    while True:
        if is_market_day(cycle, day):
            yield day
        day += timedelta(days=1)


def are_whole_pairs(digits: frozenset[int]) -> bool:
    """True when the digits are pairs five days apart (2·7, 5·10, or several such pairs)."""
    return digits == {(digit + ROTATION_DAYS) % 10 for digit in digits}
