"""Every invariant of the book, of all domains, in the sequence of their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from jangteo.domains.counter.invariants import COUNTER
from jangteo.domains.ledger.invariants import BOOK, Breach, Invariant, count
from jangteo.domains.ordering.invariants import ORDERS
from jangteo.domains.payments.invariants import MONEY
from jangteo.domains.settlement.days import changed_days
from jangteo.kernel.tenancy import unscoped


def _changed_days() -> list[Breach]:
    with unscoped():
        return changed_days()


CLOSED_DAYS = Invariant("I12", _changed_days, count("settlement_dayclose"))


def _number(one: Invariant) -> int:
    return int(one.name.removeprefix("I"))


def _as_one(name: str, of_domains: Iterable[Invariant]) -> Invariant:
    """What several domains say under one name."""
    found = list(of_domains)
    return Invariant(
        name,
        lambda: [breach for one in found for breach in one.breaches()],
        lambda: sum(one.checked() for one in found),
    )


_BY_NUMBER = groupby(sorted((*BOOK, *MONEY, *ORDERS, *COUNTER), key=_number), key=lambda one: one.name)
INVARIANTS = (*(_as_one(name, ones) for name, ones in _BY_NUMBER), CLOSED_DAYS)
