from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from jangteo.domains.ledger.actions.end_hold import end_hold
from jangteo.domains.ledger.actions.expire_holds import expire_holds
from jangteo.domains.ledger.actions.hold_funds import NewHold, hold_funds
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.actions.reverse_entry import reverse_entry
from jangteo.domains.ledger.errors import (
    AlreadyReversed,
    HoldOver,
    HoldTooSmall,
    InsufficientFunds,
    KeyConflict,
    UnknownAccount,
)
from jangteo.domains.ledger.models import Hold, LimitedAccount
from jangteo.domains.ledger.queries import balance_won
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

POINTS = "points:7"


@pytest.fixture(autouse=True)
def scope(world: World) -> Iterator[None]:
    with in_market(world.market.pk):
        yield


def load(world: World, won: int, key: str = "load") -> bool:
    """Give the customer points for money in the bank."""
    return post(world, NewEntry(key, "load_points", "test", {"bank:main": won, POINTS: -won}))


def spend(won: int, key: str = "spend") -> NewEntry:
    return NewEntry(key, "use_points", "test", {POINTS: won, "order:x": -won})


def post(world: World, entry: NewEntry) -> bool:
    with transaction.atomic():
        return post_entry(market_id=world.market.pk, actor=SYSTEM, entry=entry)


def hold(world: World, won: int, key: str = "hold", minutes: int = 10) -> Hold:
    until = clock.now() + timedelta(minutes=minutes)
    with transaction.atomic():
        return hold_funds(market_id=world.market.pk, hold=NewHold(key, "test", POINTS, won, until))


def end(entry: NewEntry | None = None, key: str = "hold") -> Hold:
    with transaction.atomic():
        return end_hold(key=key, actor=SYSTEM, entry=entry)


def kept() -> tuple[int, int]:
    row = LimitedAccount.objects.get(account=POINTS)
    return row.balance_won, row.held_won


def test_what_is_kept_beside_the_lines_is_what_they_sum_to(world: World) -> None:
    load(world, 1_000)
    load(world, 1_000)
    post(world, spend(300))

    assert kept() == (700, 0)
    assert balance_won(POINTS) == -700


@pytest.mark.parametrize("asked", [1, 1_001])
def test_nobody_spends_what_is_not_there(world: World, asked: int) -> None:
    load(world, 1_000)
    hold(world, 1_000)

    with pytest.raises(InsufficientFunds):
        post(world, spend(asked))

    assert kept() == (1_000, 1_000)
    assert balance_won("order:x") == 0


def test_an_account_that_was_never_used_holds_nothing(world: World) -> None:
    for attempt in (lambda: hold(world, 1), lambda: post(world, spend(1))):
        with pytest.raises(InsufficientFunds):
            attempt()

    assert not LimitedAccount.objects.exists()


def test_a_hold_is_posted_in_part_and_the_rest_is_free(world: World) -> None:
    load(world, 1_000)
    hold(world, 800)

    posted = end(spend(500))
    again = end(spend(500))

    assert (posted.state, again.pk) == ("posted", posted.pk)
    assert kept() == (500, 0)


def test_a_hold_is_not_posted_beyond_what_it_holds(world: World) -> None:
    load(world, 1_000)
    hold(world, 800)

    with pytest.raises(HoldTooSmall):
        end(spend(801))

    assert kept() == (1_000, 800)


@pytest.mark.parametrize("first", [None, spend(100)])
def test_a_hold_ends_once(world: World, first: NewEntry | None) -> None:
    load(world, 1_000)
    hold(world, 800)
    end(first)

    with pytest.raises(HoldOver):
        end(None if first else spend(100))


def test_the_same_hold_again_is_one_and_another_under_its_key_is_refused(world: World) -> None:
    load(world, 1_000)

    assert hold(world, 300).pk == hold(world, 300).pk
    with pytest.raises(KeyConflict):
        hold(world, 400)

    assert kept() == (1_000, 300)


def test_holds_that_nobody_ended_free_their_money(world: World) -> None:
    load(world, 1_000)
    hold(world, 300, "short", minutes=5)
    hold(world, 200, "long", minutes=30)

    with clock.at(clock.now() + timedelta(minutes=6)):
        ended = [expire_holds(market=world.market, actor=SYSTEM) for _ in range(2)]

    assert ended == [1, 0]
    assert kept() == (1_000, 200)
    assert list(Hold.objects.order_by("key").values_list("key", "state")) == [("long", "open"), ("short", "expired")]


def test_an_entry_is_taken_back_once(world: World) -> None:
    load(world, 1_000)
    post(world, spend(300))

    def back(key: str) -> bool:
        with transaction.atomic():
            return reverse_entry(key=key, actor=SYSTEM)

    assert [back("spend"), back("spend")] == [True, False]
    assert kept() == (1_000, 0)
    with pytest.raises(AlreadyReversed):
        post(world, NewEntry("other", "correction", "test", {POINTS: -1, "order:x": 1}, reverses=_id_of("spend")))


def _id_of(key: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM ledger_entry WHERE key = %s", [key])
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("account", ["", "bank", "bank:", "banc:main", ":x"])
def test_a_mistyped_account_is_refused(world: World, account: str) -> None:
    with pytest.raises(UnknownAccount):
        post(world, NewEntry("k", "test", "test", {account: 1, "bank:main": -1}))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_limitedaccount SET balance_won = held_won - 1",
        "UPDATE ledger_limitedaccount SET held_won = -1",
        "UPDATE ledger_hold SET state = 'posted'",
        "UPDATE ledger_hold SET amount_won = 0",
    ],
)
def test_the_database_itself_refuses(world: World, change: str) -> None:
    load(world, 1_000)
    hold(world, 300)
    attempt: Callable[[str], object] = connection.cursor().execute

    with pytest.raises(IntegrityError), transaction.atomic():
        attempt(change)
