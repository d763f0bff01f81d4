"""What two sides say about the same money, and where they do not agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jangteo.domains.settlement.business_days import BankDays


class BreakKind(StrEnum):
    """AMOUNT and FEE: both sides know it, with other amounts. NO_ITEMS: paid, but nothing was ordered. MISSING_HERE
    and MISSING_THERE: only the other side knows it. LATE: due and not paid out."""

    AMOUNT = "amount"
    NO_ITEMS = "no_items"
    MISSING_HERE = "missing_here"
    MISSING_THERE = "missing_there"
    FEE = "fee"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Movement:
    """Money by one side's account. Amounts in minor units, refunds negative.

    `key` is what both sides call it (transaction, approval); `fee` None where this side does not say one; `payout` what
    is left after the fee; `due` the bank day by which it should have been paid out, or was; `place` the merchant.
    """

    key: str
    order: str
    amount: int
    day: date | None
    fee: int | None = None
    payout: int | None = None
    due: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that does not agree. None is the amount of a side that knows nothing of it.

    `about` is the kind of file it came to light by; amounts have `digits` decimal places; `age_days` counts from `day`.
    """

    kind: BreakKind
    about: str
    order: str
    key: str
    here: int | None
    there: int | None
    digits: int
    day: date | None
    age_days: int | None

    @property
    def difference(self) -> int:
        """How much more there is there than here."""
        return (self.there or 0) - (self.here or 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, by whose day, and how far amounts may lie apart before that is a break."""

    about: str
    today: date
    digits: int = 0
    tolerance: int = 0

    def amounts(self, here: Iterable[Movement], there: Iterable[Movement]) -> Iterator[Break]:
        """Amounts by key, and what only one side has."""
        ours, theirs = _by_key(here), _by_key(there)
        for key in _both(ours, theirs):
            mine, other = ours.get(key), theirs.get(key)
            if mine is None or other is None:
                kind = BreakKind.MISSING_HERE if mine is None else BreakKind.MISSING_THERE
                yield self._break(kind, mine, other)
            elif abs(mine.amount - other.amount) > self.tolerance:
                yield self._break(BreakKind.AMOUNT, mine, other)

    def settled(self, here: Iterable[Movement], there: Iterable[Movement]) -> Iterator[Break]:
        """Amounts and fees of what the gateway has paid out; what it has not is a break only when it was due.

        Due on a day for which the gateway has paid out others it is missing there, else the whole day is late.
        """
        ours, theirs = _by_key(here), _by_key(there)
        seen_to = max((one.due for one in theirs.values() if one.due), default=date.min)
        for key in _both(ours, theirs):
            mine, other = ours.get(key), theirs.get(key)
            if other is None:
                if mine is not None and (absent := self._absent(mine, seen_to)) is not None:
                    yield absent
                continue
            if mine is None:
                yield self._break(BreakKind.MISSING_HERE, None, other)
            elif abs(mine.amount - other.amount) > self.tolerance:
                yield self._break(BreakKind.AMOUNT, mine, other)
            fees = _fees(mine, other)
            if fees is not None:
                yield replace(self._break(BreakKind.FEE, mine, other), here=fees[0], there=fees[1])

    def approved(self, here: Sequence[Movement], there: Sequence[Movement]) -> Iterator[Break]:
        """Like `amounts`, but what the stall wrote down without an approval number is found by merchant and day.

        The same amount first; what is then left of one merchant and day on both sides, one and one, differs in amount.
        """
        known = {one.key for one in there}
        by_key = [one for one in here if one.key in known]
        keys = {one.key for one in by_key}
        yield from self.amounts(by_key, [one for one in there if one.key in keys])
        ours = [one for one in here if one.key not in known]
        theirs = [one for one in there if one.key not in keys]
        ours, theirs = _without_pairs(ours, theirs)
        spots_here, spots_there = (Counter((one.place, one.day) for one in side) for side in (ours, theirs))
        alone = {spot for spot, count in spots_here.items() if count == 1 == spots_there[spot]}
        others = {(one.place, one.day): one for one in theirs}
        for one in ours:
            pair = others[one.place, one.day] if (one.place, one.day) in alone else None
            yield self._break(BreakKind.AMOUNT if pair else BreakKind.MISSING_THERE, one, pair)
        for one in theirs:
            if (one.place, one.day) not in alone:
                yield self._break(BreakKind.MISSING_HERE, None, one)

    def deposits(self, expected: Iterable[Movement], deposits: Iterable[Movement], days: BankDays) -> Iterator[Break]:
        """Pay-outs that were announced against what came to the bank account, by amount and day.

        A pay-out is there when its amount came on its day or the bank day after. Of `deposits`, those with a `key` are
        known to come from a gateway: one left over on a pay-out's day has another amount, elsewhere nobody expects it.
        """
        left = list(deposits)
        missed = [one for one in expected if not _take(left, one, days)]
        for one in missed:
            odd = next((other for other in left if other.key and other.day == one.due), None)
            if odd is not None:
                left.remove(odd)
                yield self._break(BreakKind.AMOUNT, one, odd)
            elif one.due is not None and days.next(one.due) < self.today:
                yield self._break(BreakKind.LATE, one, None)
        yield from (self._break(BreakKind.MISSING_HERE, None, other) for other in left if other.key)

    def no_items(self, order: str, day: date | None, paid: Movement | None) -> Break:
        """An order that was placed or paid and has nothing in it."""
        known = paid or Movement(order, order, 0, day)
        return replace(self._break(BreakKind.NO_ITEMS, None, known), there=paid.amount if paid else None)

    def _absent(self, mine: Movement, seen_to: date) -> Break | None:
        if mine.due is None or mine.due >= self.today:
            return None
        kind = BreakKind.MISSING_THERE if mine.due <= seen_to else BreakKind.LATE
        return self._break(kind, replace(mine, day=mine.due), None)

    def _break(self, kind: BreakKind, here: Movement | None, there: Movement | None) -> Break:
        known = here or there
        if known is None:
            raise ValueError("a break needs a side")
        day = known.day or (there.day if there else None)
        return Break(
            kind=kind,
            about=self.about,
            order=known.order or (there.order if there else ""),
            key=known.key or (there.key if there else ""),
            here=here.amount if here else None,
            there=there.amount if there else None,
            digits=self.digits,
            day=day,
            age_days=max((self.today - day).days, 0) if day else None,
        )


def _by_key(movements: Iterable[Movement]) -> dict[str, Movement]:
    by_key: dict[str, Movement] = {}
    for one in movements:
        if one.key in by_key:
            raise ValueError(f"{one.key} stands there twice")
        by_key[one.key] = one
    return by_key


def _both(ours: Mapping[str, Movement], theirs: Mapping[str, Movement]) -> list[str]:
    """All keys, each once: ours in their sequence, then those only the others have."""
    return list(dict.fromkeys([*ours, *theirs]))


def _fees(mine: Movement | None, other: Movement) -> tuple[int, int] | None:
    """The fee that was expected and the one that was kept, where they differ.

    What was kept is amount less pay-out. A file whose own fee says otherwise is a difference too.
    """
    if other.fee is None:
        return None
    expected = mine.fee if mine is not None else None
    if expected is not None and expected != other.fee:
        return expected, other.fee
    kept = other.amount - other.payout if other.payout is not None else other.fee
    return (other.fee, kept) if kept != other.fee else None


def _without_pairs(ours: list[Movement], theirs: list[Movement]) -> tuple[list[Movement], list[Movement]]:
    """What is left when the same amount of the same merchant and day is taken from both sides."""
    waiting: dict[Hashable, list[Movement]] = defaultdict(list)
    for other in theirs:
        waiting[other.place, other.day, other.amount].append(other)
    left = []
    for one in ours:
        fitting = waiting[one.place, one.day, one.amount]
        if fitting:
            fitting.pop(0)
        else:
            left.append(one)
    still = {id(other) for rest in waiting.values() for other in rest}
    return left, [other for other in theirs if id(other) in still]


def _take(left: list[Movement], wanted: Movement, days: BankDays) -> bool:
    """Take from `left` what is the wanted pay-out; a deposit known to be a gateway's goes before one that is not."""
    if wanted.due is None:
        return False
    on = (wanted.due, days.next(wanted.due))
    fitting = [one for one in left if one.amount == wanted.amount and one.day in on]
    if not fitting:
        return False
    left.remove(min(fitting, key=lambda one: (not one.key, one.day != wanted.due)))
    return True
