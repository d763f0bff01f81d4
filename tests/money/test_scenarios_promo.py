"""Scenarios of promotional money, by their numbers: 15 cashback that is spent already, 16 the last won of a budget."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from jangteo.domains.ledger.actions import hold_funds as hold_module
from jangteo.domains.ledger.actions.expire_holds import expire_holds
from jangteo.domains.ledger.actions.hold_funds import NewHold
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.errors import InsufficientFunds
from jangteo.domains.ledger.models import Entry, Hold, LimitedAccount
from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.claw_back import Refunded, claw_back
from jangteo.domains.payments.actions.fund_program import Funding, fund_program
from jangteo.domains.payments.actions.grant_cashback import Earning, grant_cashback
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.models import CashbackGrant, PolicyRow
from jangteo.domains.payments.queries_policies import program_left_won
from jangteo.domains.payments.rules.cashback import AfterPromo, Clawback
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.refusals import BudgetUsedUp
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.errors import Refused
from jangteo.kernel.tenancy import in_market
from tests.world import make_world

CUSTOMERS, EACH_WON = 20, 1_000
TEN = Policy(
    id="", scheme="local", area="", starts=date(2026, 1, 1), discount_bp=1_000, cashback=True, program="cashback"
)


@pytest.fixture
def market(committed_database: Callable[[str], AbstractContextManager[str]]) -> Iterator[Market]:
    with committed_database("promo"):
        yield make_world().market


def fund(market: Market, program: str, won: int) -> None:
    fund_program(market=market, actor=SYSTEM, funding=Funding(program, program, won))


def policy(market: Market) -> PolicyRow:
    row = add_policy(market=market, actor=SYSTEM, policy=TEN, origin=Origin("city"))
    assert row is not None
    return row


def at_once(market: Market, deed: Callable[[int], object]) -> Counter[str]:
    """How it went for everybody, all having begun together: "passed", or the code of the refusal."""
    start = threading.Barrier(CUSTOMERS)

    def do(place: int) -> str:
        start.wait()
        try:
            with in_market(market.pk):
                deed(place)
        except Refused as no:
            return no.code
        finally:
            connection.close()
        return "passed"

    with ThreadPoolExecutor(CUSTOMERS) as threads:
        return Counter(threads.map(do, range(CUSTOMERS)))


def check_out(market: Market, name: str = "o") -> Callable[[int], object]:
    """Each customer's order begins with points of their own, then holds the coupon that the budget pays."""
    until = clock.now() + timedelta(minutes=10)

    def do(place: int) -> None:
        ref = f"order:{name}{place}"
        points = {"bank:main": 300, f"points:{place}": -300}
        with transaction.atomic():
            post_entry(market_id=market.pk, actor=SYSTEM, entry=NewEntry(ref, "load_points", ref, points))
            coupon = NewHold(f"coupon:{name}{place}", ref, "subsidy:coupons", EACH_WON, until)
            hold_module.hold_funds(market_id=market.pk, hold=coupon)

    return do


@pytest.mark.parametrize("then", list(AfterPromo))
def test_s15_spent_cashback_is_taken_from_the_balance_first_and_then_as_the_scheme_says(
    market: Market, then: AfterPromo
) -> None:
    fund(market, "cashback", 10_000)
    row = policy(market)
    grant_cashback(market=market, actor=SYSTEM, earning=Earning("o1", 5, row.pk, 30_000))
    with in_market(market.pk), transaction.atomic():
        spent = {"promo:5:local": 2_300, "order:o2": -2_300}
        post_entry(market_id=market.pk, actor=SYSTEM, entry=NewEntry("spend", "use_promo", "order:o2", spent))

    with in_market(market.pk), transaction.atomic():
        asked = Refunded("o1", "all", kept_won=0, refund_won=1_500, then=then)
        taken = claw_back(market_id=market.pk, actor=SYSTEM, refunded=asked)

    deducted, owed = (1_500, 800) if then is AfterPromo.DEDUCT else (0, 2_300)
    assert taken == Clawback(promo_won=700, deducted_won=deducted, receivable_won=owed)
    with in_market(market.pk):
        assert [balance_won(code) for code in ("promo:5:local", "order:o1", "receivable:user:5")] == [0, deducted, owed]
        assert program_left_won("cashback") == 10_000
        assert LimitedAccount.objects.filter(balance_won__lt=0).count() == 0


def test_s15_refunds_at_the_same_moment_take_back_what_one_alone_would(market: Market) -> None:
    fund(market, "cashback", 10_000)
    row = policy(market)
    grant_cashback(market=market, actor=SYSTEM, earning=Earning("o1", 5, row.pk, 30_000))

    def refund(place: int) -> None:
        asked = Refunded("o1", f"line:{place}", kept_won=0, refund_won=30_000)
        with transaction.atomic():
            claw_back(market_id=market.pk, actor=SYSTEM, refunded=asked)

    assert at_once(market, refund) == {"passed": CUSTOMERS}
    with in_market(market.pk):
        grant = CashbackGrant.objects.get()
        assert (grant.taken_back_won, balance_won("promo:5:local"), program_left_won("cashback")) == (3_000, 0, 10_000)


def test_s16_as_many_coupons_as_the_budget_has_and_the_others_are_told(market: Market) -> None:
    fund(market, "coupons", 7 * EACH_WON + 999)

    outcome = at_once(market, check_out(market))

    assert outcome == {"passed": 7, InsufficientFunds.code: 13}
    with in_market(market.pk):
        assert program_left_won("coupons") == 999
        # Whoever was refused has nothing half done.
        held = set(Hold.objects.filter(state=Hold.State.OPEN).values_list("cause", flat=True))
        assert held == set(Entry.objects.filter(kind="load_points").values_list("cause", flat=True))
        assert len(held) == 7


def test_s16_coupons_of_those_who_went_away_are_free_again(market: Market) -> None:
    fund(market, "coupons", 2 * EACH_WON)
    first = at_once(market, check_out(market))

    with clock.at(clock.now() + timedelta(minutes=11)):
        freed = expire_holds(market=market, actor=SYSTEM)
    with in_market(market.pk):
        left_won = program_left_won("coupons")
    second = at_once(market, check_out(market, "again"))

    assert (first["passed"], freed, left_won) == (2, 2, 2 * EACH_WON)
    assert second == {"passed": 2, InsufficientFunds.code: 18}


def test_s16_as_much_cashback_as_the_budget_has(market: Market) -> None:
    fund(market, "cashback", 7 * EACH_WON + 999)
    row = policy(market)

    def earn(place: int) -> None:
        earning = Earning(f"o{place}", place, row.pk, 10 * EACH_WON)
        grant_cashback(market=market, actor=SYSTEM, earning=earning)

    assert at_once(market, earn) == {"passed": 7, BudgetUsedUp.code: 13}
    with in_market(market.pk):
        assert (CashbackGrant.objects.count(), program_left_won("cashback")) == (7, 999)


def test_s16_control_without_the_floor_more_is_given_than_there_is(
    market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    fund(market, "coupons", 7 * EACH_WON + 999)
    everybody_looked = threading.Barrier(CUSTOMERS)

    def look_then_write(*, market_id: int, held: Mapping[str, int]) -> None:
        """The same without waiting for each other: what was seen is what is written."""
        ((account, won),) = held.items()
        row = LimitedAccount.objects.get(market_id=market_id, account=account)
        everybody_looked.wait()
        if row.balance_won < row.held_won + won:
            raise InsufficientFunds(account=account, asked_won=won)
        LimitedAccount.objects.filter(pk=row.pk).update(held_won=row.held_won + won)

    monkeypatch.setattr(hold_module, "change_limited", look_then_write)

    assert at_once(market, check_out(market)) == {"passed": CUSTOMERS}
    with in_market(market.pk):
        held = sum(Hold.objects.values_list("amount_won", flat=True))
        assert held == CUSTOMERS * EACH_WON > program_left_won("coupons")
