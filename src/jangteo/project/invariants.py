"""Every invariant of the book, of all domains, in the sequence of their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db import connection

from jangteo.domains.counter.invariants import COUNTER
from jangteo.domains.ledger.invariants import BOOK, Breach, Invariant, Wrong, count
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


_ASKED = sorted((*BOOK, *MONEY, *ORDERS, *COUNTER), key=_number)
_BY_NUMBER = groupby(_ASKED, key=lambda one: one.name)
INVARIANTS = (*(_as_one(name, ones) for name, ones in _BY_NUMBER), CLOSED_DAYS)
IN_ONE_QUERY = " UNION ALL ".join(
    f"SELECT '{one.name}', * FROM ({one.breaches.query}) AS found_{number} (subject, expected, found)"  # noqa: S608
    for number, one in enumerate(_ASKED)  # constants of the domains
    if isinstance(one.breaches, Wrong)
)


def all_breaches(query: str = IN_ONE_QUERY) -> Iterator[tuple[str, Breach]]:
    """What all of INVARIANTS find, with their names, in as few statements as may be: for who asks all of them often.

    `query` answers what IN_ONE_QUERY does, where somebody keeps it at hand.
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        for name, *row in cursor.fetchall():
            yield name, Breach(*row)
    for one in (*_ASKED, CLOSED_DAYS):
        if not isinstance(one.breaches, Wrong):
            yield from ((one.name, breach) for breach in one.breaches())
