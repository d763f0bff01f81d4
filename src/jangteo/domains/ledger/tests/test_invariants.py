from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction

from jangteo.domains.ledger.actions.hold_funds import NewHold, hold_funds
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.invariants import BOOK
from jangteo.domains.ledger.models import Entry
from jangteo.domains.ledger.rules import KINDS
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World


@pytest.fixture(autouse=True)
def book(world: World) -> Iterator[None]:
    """Points that were loaded, some of them held."""
    with in_market(world.market.pk):
        with transaction.atomic():
            entry = NewEntry("load", "load_points", "test", {"bank:main": 900, "points:7": -900})
            post_entry(market_id=world.market.pk, actor=SYSTEM, entry=entry)
            until = clock.now() + timedelta(minutes=10)
            hold_funds(market_id=world.market.pk, hold=NewHold("hold", "test", "points:7", 200, until))
        yield


def broken() -> dict[str, list[str]]:
    found = {invariant.name: [breach.subject for breach in invariant.breaches()] for invariant in BOOK}
    return {name: subjects for name, subjects in found.items() if subjects}


def by_hand(*changes: str) -> None:
    """As somebody with all rights could do it: past the triggers."""
    with connection.cursor() as cursor:
        # What is checked at commit is checked now, and then no more.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("ledger_entry", "ledger_entryline"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for change in changes:
            cursor.execute(change)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("ledger_entry", "ledger_entryline"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_book_that_nobody_touched_is_whole() -> None:
    assert broken() == {}


def test_a_changed_amount_is_found() -> None:
    by_hand("UPDATE ledger_entryline SET amount_won = 901 WHERE account = 'bank:main'")
    entry = Entry.objects.get()

    assert broken() == {"I1": [f"entry:{entry.pk}"], "I2": [f"market:{entry.market_id}"], "I4": [f"entry:{entry.pk}"]}


def test_an_entry_without_lines_is_found() -> None:
    by_hand("DELETE FROM ledger_entryline")

    assert broken() == {"I1": [f"entry:{Entry.objects.get().pk}"], "I3": ["account:points:7"]}


def test_money_moved_to_another_account_is_found() -> None:
    by_hand("UPDATE ledger_entryline SET account = 'points:8' WHERE account = 'points:7'")

    found = broken()

    assert (sorted(found["I3"]), found["I4"]) == (["account:points:7", "account:points:8"], [f"entry:{_entry()}"])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_limitedaccount SET balance_won = balance_won + 1",
        "UPDATE ledger_limitedaccount SET held_won = 0",
        "DELETE FROM ledger_limitedaccount",
        "UPDATE ledger_hold SET state = 'void', ended_at = placed_at",
    ],
)
def test_a_balance_that_its_lines_and_holds_do_not_tell_is_found(change: str) -> None:
    by_hand(change)

    assert broken() == {"I3": ["account:points:7"]}


def test_the_query_knows_every_kind_with_a_floor() -> None:
    """It is written in SQL, apart from the code that posts."""
    limited = {name for name, kind in KINDS.items() if kind.limited}

    assert limited == {"points", "promo", "giftcard", "wallet", "subsidy"}


def _entry() -> int:
    return Entry.objects.get().pk
