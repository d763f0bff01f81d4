"""What stamps come to: how many a purchase gives, how many still count, when the next may be put."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LEAST_NEED, MOST_NEED = 3, 30
LEAST_PER_WON, MOST_PER_WON = 1_000, 100_000
MOST_DAYS = 3 * 365
# Without a sale nobody proves that something was bought: once in a while, and not all day long.
VISIT_GAP = timedelta(minutes=30)
MOST_VISITS_A_DAY = 3
MOST_A_DAY = 10
# Ten seconds are offered; the tap needs a moment on its way.
TAKEN_BACK_WITHIN = timedelta(seconds=10)
GRACE = timedelta(seconds=5)
PURCHASE_LASTS = timedelta(days=1)
CODE_LASTS = timedelta(minutes=5)
# A regular has come on so many days of the last ninety.
REGULAR_DAYS = 3
REGULAR_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Mark:
    """So many stamps put (above 0) or spent (below 0) at a moment."""

    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How many count now, and when the oldest of them end; None where they keep."""

    live: int
    ends_at: datetime | None = None


def standing(marks: Iterable[Mark], now: datetime, valid_days: int) -> Standing:
    """What the marks come to. Stamps end after `valid_days` (0: never); what is spent goes from the oldest."""
    lots: list[tuple[datetime, int]] = []
    for mark in sorted(marks, key=lambda mark: mark.at):
        lots = _living(lots, mark.at, valid_days)
        lots = [*lots, (mark.at, mark.count)] if mark.count > 0 else _spent(lots, -mark.count)
    lots = _living(lots, now, valid_days)
    ends_at = lots[0][0] + timedelta(days=valid_days) if lots and valid_days else None
    return Standing(sum(count for _at, count in lots), ends_at)


def stamps_for(*, per_won: int | None, won: int) -> int:
    """How many a purchase gives: one for a visit, or one for each full `per_won`."""
    return 1 if per_won is None else won // per_won


def within_day(count: int, today: int) -> int:
    """How many of `count` one day still gives to somebody who has had `today`."""
    return max(0, min(count, MOST_A_DAY - today))


def wait_after(last_visit: datetime | None, now: datetime) -> timedelta:
    """How long until the same person may be stamped again without a sale; nothing when it may be now."""
    if last_visit is None:
        return timedelta(0)
    return max(timedelta(0), last_visit + VISIT_GAP - now)


def _living(lots: list[tuple[datetime, int]], now: datetime, valid_days: int) -> list[tuple[datetime, int]]:
    if not valid_days:
        return lots
    return [(at, count) for at, count in lots if at + timedelta(days=valid_days) > now]


def _spent(lots: list[tuple[datetime, int]], count: int) -> list[tuple[datetime, int]]:
    left: list[tuple[datetime, int]] = []
    for at, held in lots:
        gone = min(held, count)
        count -= gone
        if held > gone:
            left.append((at, held - gone))
    return left
