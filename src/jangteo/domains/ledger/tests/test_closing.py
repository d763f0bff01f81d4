from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from jangteo.domains.ledger.actions.post_entry import NewEntry
from jangteo.domains.ledger.actions.reverse_entry import reverse_entry
from jangteo.domains.ledger.ages import Owed, clearing_ages
from jangteo.domains.ledger.closing import Closing, book_hash, changed_closings
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.breaking import by_hand, post
from tests.world import World, make_world

MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning(world: World) -> Iterator[None]:
    with clock.at(MORNING):
        post(world, NewEntry("b", "capture", "order:x", {"clear:toss": 900, "order:x": -900}))
        post(world, NewEntry("a", "capture", "order:한", {"clear:toss": 100, "order:한": -100}))
        with in_market(world.market.pk), transaction.atomic():
            reverse_entry(key="a", actor=SYSTEM)
        yield


def test_the_hash_is_over_these_bytes_and_no_others(world: World) -> None:
    def row(key: str, kind: str, cause: str, reverses: str, lines: str) -> str:
        amounts = {account: int(won) for account, won in (line.rsplit(" ", 1) for line in lines.split("\x1f"))}
        digest = NewEntry(key, kind, cause, amounts).digest
        micros = int(MORNING.timestamp()) * 1_000_000
        return "\x1e".join((key, digest, kind, cause, SYSTEM.ref, str(micros), reverses, lines))

    rows = (
        row("a", "capture", "order:한", "", "clear:toss 100\x1forder:한 -100"),
        row("b", "capture", "order:x", "", "clear:toss 900\x1forder:x -900"),
        row("reverse:a", "correction", "order:한", "a", "clear:toss -100\x1forder:한 100"),
    )

    assert book_hash(world.market.pk, NIGHT) == hashlib.sha256("".join(f"{one}\n" for one in rows).encode()).hexdigest()


def test_later_entries_and_other_markets_change_nothing(world: World) -> None:
    before = book_hash(world.market.pk, NIGHT)
    other = make_world("other", "2")
    post(other, NewEntry("c", "capture", "order:y", {"clear:toss": 5, "order:y": -5}))
    with clock.at(NIGHT):
        post(world, NewEntry("d", "capture", "order:z", {"clear:toss": 7, "order:z": -7}))

    assert book_hash(world.market.pk, NIGHT) == before
    assert book_hash(world.market.pk, NIGHT + timedelta(seconds=1)) != before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entryline SET amount_won = amount_won + 1 WHERE account = 'order:x'",
        "UPDATE ledger_entry SET at = at + interval '1 microsecond' WHERE key = 'b'",
        "UPDATE ledger_entry SET actor_ref = 'nobody' WHERE key = 'b'",
        "DELETE FROM ledger_entryline WHERE account = 'order:x'",
        "UPDATE ledger_entry SET reverses_id = NULL",
    ],
)
def test_a_closed_book_that_was_touched_is_found(world: World, change: str) -> None:
    closed = Closing(world.market.pk, NIGHT, book_hash(world.market.pk, NIGHT))
    assert changed_closings([closed]) == []

    by_hand(change)

    (breach,) = changed_closings([closed])
    assert (breach.subject, breach.expected) == (f"market:{world.market.pk} until {NIGHT.isoformat()}", closed.hash)


def test_days_that_were_closed_one_after_another_each_tell_of_themselves(world: World) -> None:
    closed = [Closing(world.market.pk, NIGHT, book_hash(world.market.pk, NIGHT))]
    for hours in (1, 2, 3):
        with clock.at(NIGHT + timedelta(hours=hours)):
            post(world, NewEntry(f"n{hours}", "capture", "order:n", {"clear:toss": hours, "order:n": -hours}))
        until = NIGHT + timedelta(hours=hours, minutes=1)
        closed.append(Closing(world.market.pk, until, book_hash(world.market.pk, until)))
    other = make_world("other", "2").market.pk
    empty = Closing(other, NIGHT, book_hash(other, NIGHT))
    assert changed_closings([*reversed(closed), empty]) == []

    by_hand("UPDATE ledger_entry SET kind = 'gift' WHERE key = 'n2'")

    found = changed_closings([*reversed(closed), empty])
    assert [breach.expected for breach in found] == [closed[3].hash, closed[2].hash]


def test_a_naive_moment_is_no_moment(world: World) -> None:
    with pytest.raises(ValueError, match="time zone"):
        book_hash(world.market.pk, NIGHT.replace(tzinfo=None))


def test_what_a_gateway_owes_is_as_old_as_the_oldest_money_that_is_not_settled(world: World) -> None:
    later = MORNING + timedelta(hours=2)
    with clock.at(later):
        post(world, NewEntry("e", "capture", "order:e", {"clear:toss": 300, "order:e": -300}))

    assert clearing_ages() == [Owed("clear:toss", 1_200, MORNING)]

    post(world, NewEntry("f", "gateway_settle", "toss", {"bank:main": 1_000, "clear:toss": -1_000}))
    assert clearing_ages() == [Owed("clear:toss", 200, later)]

    post(world, NewEntry("g", "gateway_settle", "toss", {"bank:main": 200, "clear:toss": -200}))
    assert clearing_ages() == []
