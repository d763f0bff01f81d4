"""A coupon played over orders that were placed without it. Plain: no queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.rules import Conditions, Goods, Occasion, Worth, worth


@dataclass(frozen=True, slots=True)
class Bought:
    """An order: `person` tells two orders of one customer together, `at` is Korean time."""

    ref: str
    person: str
    signed_in: bool
    at: datetime
    goods: tuple[Goods, ...]
    tenders: frozenset[str]

    def paid_with(self, tenders: Collection[str]) -> Bought:
        """The same where it is written down what paid it; else as it stands."""
        return replace(self, tenders=frozenset(tenders)) if tenders else self


@dataclass(frozen=True, slots=True)
class Used:
    """How often, by how many people, for how much."""

    times: int = 0
    people: int = 0
    won: int = 0


@dataclass(frozen=True, slots=True)
class Replay:
    """`fewest` if only those use it who sign in already, `most` if everybody whose order fits does."""

    days: int
    orders: int
    fitting: int
    fewest: Used
    most: Used


def replayed(coupon: Coupon, bought: Iterable[Bought], known: Mapping[str, frozenset[int]], days: int) -> Replay:
    """Every order in turn, with all limits and the budget; days and hours as if it had run all the time.

    `known` are the stalls where each person had bought before the first of these orders.
    """
    orders = list(bought)
    # The month that is asked about is over; only the hours stay.
    when = replace(coupon.conditions, starts=None, ends=None)
    worths = list(_worths(coupon, when, orders, known))
    fits = [(order, won) for order, won in zip(orders, worths, strict=True) if won]
    return Replay(
        days=days,
        orders=len(orders),
        fitting=len(fits),
        fewest=_used(coupon, [one for one in fits if one[0].signed_in]),
        most=_used(coupon, fits),
    )


def _worths(
    coupon: Coupon, when: Conditions, orders: Iterable[Bought], known: Mapping[str, frozenset[int]]
) -> Iterable[int]:
    seen = dict(known)
    for order in orders:
        before = seen.get(order.person, frozenset())
        answer = worth(coupon.off, when, order.goods, Occasion(order.at.date(), order.at.time(), order.tenders, before))
        seen[order.person] = before | {line.stall_id for line in order.goods}
        yield answer.won if isinstance(answer, Worth) else 0


def _used(coupon: Coupon, fits: Iterable[tuple[Bought, int]]) -> Used:
    people: Counter[str] = Counter()
    by_day: Counter[object] = Counter()
    won = times = 0
    for order, worth_won in fits:
        day = order.at.date()
        over = (
            _reached(coupon.most, times)
            or _reached(coupon.per_person, people[order.person])
            or _reached(coupon.per_day, by_day[day])
        )
        if over or (coupon.budget_won and won + worth_won > coupon.budget_won):
            continue
        people[order.person] += 1
        by_day[day] += 1
        times, won = times + 1, won + worth_won
    return Used(times, len(people), won)


def _reached(most: int | None, used: int) -> bool:
    return most is not None and used >= most
