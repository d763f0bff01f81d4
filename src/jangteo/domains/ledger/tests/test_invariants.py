from __future__ import annotations

import pytest
from django.db import connection

from jangteo.domains.ledger.actions.post_entry import NewEntry
from jangteo.domains.ledger.models import Entry
from jangteo.domains.ledger.rules import KINDS
from jangteo.kernel.tenancy import in_market
from tests.breaking import broken, by_hand, points_half_spent, post
from tests.world import World, make_world


@pytest.fixture(autouse=True)
def book(world: World) -> None:
    points_half_spent(world)


def entry_named(world: World, key: str) -> str:
    with in_market(world.market.pk):
        return f"entry:{Entry.objects.get(key=key).pk}"


def test_a_book_that_nobody_touched_is_whole() -> None:
    assert broken() == {}


def test_a_changed_amount_is_found(world: World) -> None:
    by_hand("UPDATE ledger_entryline SET amount_won = 901 WHERE account = 'bank:main'")
    entry = entry_named(world, "load")

    assert broken() == {"I1": [entry], "I2": [f"market:{world.market.pk}"], "I4": [entry]}


def test_an_entry_without_lines_is_found(world: World) -> None:
    by_hand("DELETE FROM ledger_entryline WHERE account IN ('bank:main', 'points:7') AND abs(amount_won) = 900")

    assert broken()["I1"] == [entry_named(world, "load")]


def test_an_entry_of_nothing_is_not_written(world: World) -> None:
    post(world, NewEntry("nothing", "allocate", "test", {"order:a": 0, "stall:1:payable": 0}))

    with in_market(world.market.pk):
        assert not Entry.objects.filter(key="nothing").exists()
    assert broken() == {}


def test_a_line_in_another_market_is_found() -> None:
    make_world("other", "2")
    by_hand(
        "UPDATE ledger_entryline SET market_id = (SELECT max(id) FROM markets_market) WHERE account = 'bank:main'",
    )

    assert set(broken()) == {"I2"}


def test_money_moved_to_another_account_is_found(world: World) -> None:
    by_hand("UPDATE ledger_entryline SET account = 'points:8' WHERE account = 'points:7' AND amount_won < 0")

    found = broken()

    assert (found["I3"], found["I4"]) == (["account:points:7", "account:points:8"], [entry_named(world, "load")])


def test_another_kind_of_entry_under_the_same_key_is_found(world: World) -> None:
    by_hand("UPDATE ledger_entry SET kind = 'gift' WHERE key = 'load'")

    assert broken() == {"I4": [entry_named(world, "load")]}


def test_signs_that_are_written_in_another_way_are_no_change(world: World) -> None:
    post(world, NewEntry("odd", "load_points", 'by "hand" \\ 한글', {"bank:main": 1, "points:9": -1}))

    assert broken() == {}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_limitedaccount SET balance_won = balance_won + 1",
        "UPDATE ledger_limitedaccount SET held_won = 1",
        "DELETE FROM ledger_limitedaccount",
        "UPDATE ledger_hold SET state = 'open', ended_at = NULL, entry_id = NULL",
    ],
)
def test_a_balance_that_its_lines_and_holds_do_not_tell_is_found(change: str) -> None:
    by_hand(change)

    assert broken() == {"I3": ["account:points:7"]}


def test_a_hold_that_paid_more_than_it_held_is_found() -> None:
    by_hand("UPDATE ledger_hold SET amount_won = 199")

    assert broken() == {"I10": ["hold:hold"]}


def test_a_budget_that_paid_more_than_came_in_is_found(world: World) -> None:
    post(world, NewEntry("budget", "subsidy_in", "test", {"bank:main": 500, "subsidy:city": -500}))
    by_hand("UPDATE ledger_limitedaccount SET floor_won = -100 WHERE account = 'subsidy:city'")
    post(world, NewEntry("use", "coupon_use", "test", {"subsidy:city": 600, "order:a": -600}))

    assert broken() == {"I10": ["account:subsidy:city"]}


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE ledger_entryline DISABLE TRIGGER keep_rows",
        "ALTER TABLE ledger_entryline ENABLE REPLICA TRIGGER keep_rows",
        "DROP TRIGGER keep_rows ON ledger_entryline",
    ],
)
def test_a_guard_that_is_off_is_found(change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(change)

    assert broken() == {"I12": ["table:ledger_entryline"]}


def test_the_query_knows_every_kind_with_a_floor() -> None:
    """It is written in SQL, apart from the code that posts."""
    limited = {name for name, kind in KINDS.items() if kind.limited}

    assert limited == {"points", "promo", "giftcard", "wallet", "subsidy"}
