"""Real threads on one limited account: exactly what is there is spent."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from jangteo.domains.ledger.actions.change_limited import change_limited
from jangteo.domains.ledger.actions.hold_funds import NewHold, hold_funds
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.errors import InsufficientFunds
from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import make_world

CROWD, EACH_WON = 36, 100
THERE_WON = 10 * EACH_WON


@pytest.fixture(scope="module")
def market(committed_db: str) -> Market:
    return make_world().market


def at_once(market: Market, deed: Callable[[int], object]) -> Counter[str]:
    """How it went for everybody, all having begun together."""
    start = threading.Barrier(CROWD)

    def do(place: int) -> str:
        start.wait()
        try:
            with in_market(market.pk), transaction.atomic():
                deed(place)
        except InsufficientFunds:
            return "refused"
        finally:
            connection.close()
        return "passed"

    with ThreadPoolExecutor(CROWD) as threads:
        return Counter(threads.map(do, range(CROWD)))


def load(market: Market, account: str) -> None:
    with in_market(market.pk), transaction.atomic():
        entry = NewEntry(f"load:{account}", "load_points", "test", {"bank:main": THERE_WON, account: -THERE_WON})
        post_entry(market_id=market.pk, actor=SYSTEM, entry=entry)


def test_exactly_as_many_spend_as_there_is_money(market: Market) -> None:
    load(market, "points:1")

    def spend(place: int) -> None:
        entry = NewEntry(f"spend:{place}", "use_points", "test", {"points:1": EACH_WON, "order:x": -EACH_WON})
        post_entry(market_id=market.pk, actor=SYSTEM, entry=entry)

    assert at_once(market, spend) == {"passed": 10, "refused": 26}
    with in_market(market.pk):
        assert (balance_won("points:1"), LimitedAccount.objects.get(account="points:1").balance_won) == (0, 0)


def test_exactly_as_many_hold_as_there_is_money(market: Market) -> None:
    load(market, "points:2")
    until = clock.now() + timedelta(minutes=10)

    def hold(place: int) -> None:
        wanted = NewHold(f"hold:{place}", "test", "points:2", EACH_WON, until)
        hold_funds(market_id=market.pk, hold=wanted)

    assert at_once(market, hold) == {"passed": 10, "refused": 26}
    with in_market(market.pk):
        row = LimitedAccount.objects.get(account="points:2")
    assert (row.balance_won, row.held_won) == (THERE_WON, THERE_WON)


def test_accounts_that_are_new_to_everybody_are_opened_once_and_nobody_deadlocks(market: Market) -> None:
    accounts = [f"promo:{number}" for number in range(4)]

    def grant(place: int) -> None:
        turned = accounts[place % 4 :] + accounts[: place % 4]
        change_limited(market_id=market.pk, balance=dict.fromkeys(turned, 1))

    assert at_once(market, grant) == {"passed": CROWD}
    with in_market(market.pk):
        rows = LimitedAccount.objects.filter(account__in=accounts).values_list("balance_won", flat=True)
        assert list(rows) == [CROWD] * 4
