"""What a coupon takes off a basket, when it may, and what makes a coupon one. Plain: no Django, no models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

WHOLE_BP = 10_000
MOST_FUNDER = 20
MOST_OFF_WON = 1_000_000
MOST_BUDGET_WON = 10_000_000_000
# The funder who is the stall whose goods are paid; all others are named freely ("association", "municipality").
STALL = "stall"
ASSOCIATION = "association"
FUNDERS = (STALL, ASSOCIATION, "municipality", "government")


class Why(StrEnum):
    """Why a coupon is not for a basket."""

    NOT_YET = "not_yet"
    OVER = "over"
    HOURS = "hours"
    TENDER = "tender"
    GOODS = "goods"
    NEEDS = "needs"
    NOT_FIRST = "not_first"
    USED_UP = "used_up"
    NOT_YOURS = "not_yours"


class Fault(StrEnum):
    """Why what somebody filled in is no coupon."""

    MISSING = "missing"
    TOO_MUCH = "too_much"
    NOTHING = "nothing"
    BOTH = "both"
    SHARES = "shares"
    REVERSED = "reversed"
    PAST = "past"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Share:
    """Who bears how many basis points of it."""

    funder: str
    share_bp: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """When and for what it is good; empty sets and None are no condition. `tenders` are kinds that may stand beside it.

    `starts` and `ends` are Korean days, both included; `from_time` is included, `to_time` not.
    """

    stalls: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    tenders: frozenset[str] = frozenset()
    needs_won: int = 0
    first_only: bool = False
    starts: date | None = None
    ends: date | None = None
    from_time: time | None = None
    to_time: time | None = None


@dataclass(frozen=True, slots=True)
class Off:
    """What it takes off: `won`, or `bp` of the goods it is good for, at most `ceiling_won`."""

    won: int | None = None
    bp: int | None = None
    ceiling_won: int | None = None

    def of(self, goods_won: int) -> int:
        """Won off goods that come to so much, rounded down, never more than they are."""
        if self.won is not None:
            return min(self.won, goods_won)
        part = goods_won * (self.bp or 0) // WHOLE_BP
        return min(part, goods_won if self.ceiling_won is None else self.ceiling_won)


@dataclass(frozen=True, slots=True)
class Goods:
    """A line of a basket: `kinds` are the good's and its stall's, `won` the most it may come to."""

    key: str
    stall_id: int
    kinds: frozenset[str]
    won: int


@dataclass(frozen=True, slots=True)
class Occasion:
    """Korean day and time, the other money of the order, and where the customer has bought before."""

    day: date
    time: time
    tenders: frozenset[str] = frozenset()
    known_at: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Worth:
    """What it saves on this basket, and on which lines."""

    won: int
    lines: frozenset[str]


@dataclass(frozen=True, slots=True)
class No:
    why: Why
    facts: Mapping[str, str | int] = field(default_factory=dict)


def day_scope(day: date) -> str:
    """Under which a coupon's uses of a day are counted."""
    return f"day:{day.isoformat()}"


def worth(off: Off, when: Conditions, goods: Sequence[Goods], at: Occasion) -> Worth | No:
    """What the coupon takes off, or why it does not. The least amount counts only goods that it is good for."""
    if (no := _not_now(when, at)) is not None:
        return no
    if when.tenders and (other := sorted(at.tenders - when.tenders)):
        return No(Why.TENDER, {"tender": other[0]})
    mine = [line for line in goods if _is_for(when, line)]
    if not mine:
        return No(Why.GOODS)
    # New at one stall is whom that stall has never sold anything.
    if when.first_only and (at.known_at & when.stalls if when.stalls else at.known_at):
        return No(Why.NOT_FIRST)
    goods_won = sum(line.won for line in mine)
    if goods_won < when.needs_won:
        return No(Why.NEEDS, {"needs_won": when.needs_won, "short_won": when.needs_won - goods_won})
    won = off.of(goods_won)
    return Worth(won, frozenset(line.key for line in mine)) if won else No(Why.GOODS)


def _not_now(when: Conditions, at: Occasion) -> No | None:
    if when.starts is not None and at.day < when.starts:
        return No(Why.NOT_YET, {"day": when.starts.isoformat()})
    if when.ends is not None and at.day > when.ends:
        return No(Why.OVER, {"day": when.ends.isoformat()})
    begins, ends = when.from_time or time.min, when.to_time or time.max
    # A span that ends before it begins goes over midnight.
    inside = begins <= at.time < ends if begins < ends else at.time >= begins or at.time < ends
    if not inside:
        return No(Why.HOURS, {"begins": begins.strftime("%H:%M"), "ends": ends.strftime("%H:%M")})
    return None


def _is_for(when: Conditions, line: Goods) -> bool:
    return (not when.stalls or line.stall_id in when.stalls) and (not when.kinds or bool(when.kinds & line.kinds))


def fault_of(off: Off, shares: Sequence[Share], when: Conditions, budget_won: int) -> tuple[str, Fault] | None:
    """The first field that is wrong and how, None for a coupon that can be given out."""
    return _fault_of_off(off) or _fault_of_shares(shares, budget_won) or _fault_of_conditions(when)


def _fault_of_off(off: Off) -> tuple[str, Fault] | None:
    if (off.won is None) == (off.bp is None):
        return "off", Fault.MISSING if off.won is None else Fault.BOTH
    if off.won is not None:
        return ("off_won", fault) if (fault := _outside(off.won, MOST_OFF_WON)) else None
    if fault := _outside(off.bp or 0, WHOLE_BP):
        return "off_bp", fault
    if off.ceiling_won is not None and (fault := _outside(off.ceiling_won, MOST_OFF_WON)):
        return "ceiling_won", fault
    return None


def _fault_of_shares(shares: Sequence[Share], budget_won: int) -> tuple[str, Fault] | None:
    whole = sum(share.share_bp for share in shares) == WHOLE_BP
    if not whole or any(share.share_bp <= 0 or not _is_name(share.funder) for share in shares):
        return "shares", Fault.SHARES
    if len({share.funder for share in shares}) < len(shares):
        return "shares", Fault.BAD
    if any(share.funder != STALL for share in shares) and (fault := _outside(budget_won, MOST_BUDGET_WON)):
        return "budget_won", fault
    return None


def _fault_of_conditions(when: Conditions) -> tuple[str, Fault] | None:
    if when.starts is not None and when.ends is not None and when.ends < when.starts:
        return "ends", Fault.REVERSED
    if when.from_time is not None and when.from_time == when.to_time:
        return "to_time", Fault.REVERSED
    return ("needs_won", Fault.BAD) if when.needs_won < 0 else None


def _is_name(funder: str) -> bool:
    """Short and one word, for it becomes a part of account codes."""
    return funder.isidentifier() and len(funder) <= MOST_FUNDER


def _outside(number: int, most: int) -> Fault | None:
    if number <= 0:
        return Fault.NOTHING
    return Fault.TOO_MUCH if number > most else None


def unspent(balance_won: int, given: Sequence[tuple[datetime, int]]) -> list[tuple[datetime, int]]:
    """What is left of points that were `given`, each with when it runs out. What runs out first is spent first."""
    left = []
    for moment, won in sorted(given, reverse=True):
        here = min(won, balance_won)
        balance_won -= here
        if here:
            left.append((moment, here))
    return left[::-1]
