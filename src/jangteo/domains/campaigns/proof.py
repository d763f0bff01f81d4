"""Whether a message brought people back: those who were to get it beside those who were held back by lot.

The interval of the difference of two shares is Newcombe's (1998, method 10: both ends from Wilson's intervals), that of
the difference of won per head is the wider of Welch's and of the one that pools both groups' spread, with normal
quantiles. Both to 97 %, so that of a hundred messages that do nothing about three are called useful.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

Z = 2.17009  # 97 %, both sides


class Verdict(StrEnum):
    """UNKNOWN: the interval holds zero, nobody was held back, or the days are not over."""

    HELPED = "helped"
    HURT = "hurt"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Group:
    """People and the won that each of them left in the days counted; who did not come left 0."""

    won: tuple[int, ...]
    back: int

    @property
    def people(self) -> int:
        return len(self.won)

    @property
    def in_ten(self) -> int:
        """How many of ten came back, for words."""
        return round(self.back * 10 / self.people) if self.people else 0


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, around `middle`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Proof:
    """`visits` is a difference of shares, `won` of won per head; both None where nobody was held back."""

    sent: Group
    held: Group
    visits: Interval | None
    won: Interval | None
    is_over: bool

    @property
    def verdict(self) -> Verdict:
        if self.visits is None or not self.is_over or self.visits.low <= 0 <= self.visits.high:
            return Verdict.UNKNOWN
        return Verdict.HELPED if self.visits.low > 0 else Verdict.HURT


def proof_of(sent: Group, held: Group, *, is_over: bool) -> Proof:
    """Both groups as they were drawn, whoever of them was reached: who is dropped afterwards is not by lot."""
    if not sent.people or not held.people:
        return Proof(sent, held, None, None, is_over)
    return Proof(sent, held, share_difference(sent, held), mean_difference(sent.won, held.won), is_over)


def share_difference(sent: Group, held: Group) -> Interval:
    """How much more of the one came back than of the other."""
    one, other = sent.back / sent.people, held.back / held.people
    (low, high), (low_other, high_other) = _wilson(one, sent.people), _wilson(other, held.people)
    middle = one - other
    return Interval(
        middle - math.hypot(one - low, high_other - other), middle, middle + math.hypot(high - one, other - low_other)
    )


def mean_difference(sent: Sequence[int], held: Sequence[int]) -> Interval | None:
    """How many won more a head left; None where a group is too small to say how much people differ.

    A few people leave most of the money. Where the lot put none of them into the small group, that group looks poor and
    all alike at once, and its own spread alone makes the interval too short; so it never counts for less than both's.
    """
    if min(len(sent), len(held)) < 2:
        return None
    (one, spread), (other, spread_other) = _mean(sent), _mean(held)
    apart = spread / len(sent) + spread_other / len(held)
    pooled = (spread * (len(sent) - 1) + spread_other * (len(held) - 1)) / (len(sent) + len(held) - 2)
    wide = Z * math.sqrt(max(apart, pooled * (1 / len(sent) + 1 / len(held))))
    return Interval(one - other - wide, one - other, one - other + wide)


def _wilson(share: float, people: int) -> tuple[float, float]:
    square = Z * Z
    middle = (share + square / (2 * people)) / (1 + square / people)
    wide = Z * math.sqrt(share * (1 - share) / people + square / (4 * people * people)) / (1 + square / people)
    return max(0.0, middle - wide), min(1.0, middle + wide)


def _mean(values: Sequence[int]) -> tuple[float, float]:
    mean = math.fsum(values) / len(values)
    return mean, math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
