"""Deadlines, and which returns a stall may refuse: 전자상거래법 제17조 as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_WORDS = 1_000
MOST_PHOTOS = 3
# How long the stall has to say something before the association hears of it.
ANSWERED_WITHIN = {"question": timedelta(hours=24), "claim": timedelta(hours=12)}


class Why(StrEnum):
    """Why goods come back."""

    WRONG = "wrong"
    SPOILED = "spoiled"
    SHORT = "short"
    MIND = "mind"


class Verdict(StrEnum):
    """`must`: the money is due; `may`: the stall decides; `late`: the time for it is over, the stall decides."""

    MUST = "must"
    MAY_FRESH = "may_fresh"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Right:
    """For so long after the goods were handed over the money is due; `fresh` says whether that holds for fresh food."""

    within: timedelta
    fresh: bool


# 제17조 1항: seven days for a change of mind, 2항 3호: not for what loses its value with time.
# 제17조 3항: what is not as it was sold, three months, and thirty days from when one knows; the shorter one counts here
# because nobody can show when somebody knew.
RIGHTS: dict[Why, Right] = {
    Why.WRONG: Right(timedelta(days=30), fresh=True),
    Why.SPOILED: Right(timedelta(days=30), fresh=True),
    Why.SHORT: Right(timedelta(days=30), fresh=True),
    Why.MIND: Right(timedelta(days=7), fresh=False),
}
# Kinds of goods that keep their value: everything else in a market is taken for fresh.
LASTING = frozenset({"home", "clothes", "dried", "grain", "tools", "shoes", "toys"})


def verdict(why: Why, kind_key: str, handed_at: datetime, now: datetime) -> Verdict:
    """Whether the stall owes the money back for goods of this kind."""
    right = RIGHTS[why]
    if kind_key not in LASTING and not right.fresh:
        return Verdict.MAY_FRESH
    return Verdict.MUST if now - handed_at <= right.within else Verdict.LATE


def strictest(verdicts: list[Verdict]) -> Verdict:
    """Of several goods at once: what is due for one of them is due."""
    order = [Verdict.MUST, Verdict.LATE, Verdict.MAY_FRESH]
    return min(verdicts, key=order.index)
