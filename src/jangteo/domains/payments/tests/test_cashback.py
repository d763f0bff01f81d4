from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from jangteo.domains.ledger.actions.end_hold import end_hold
from jangteo.domains.ledger.actions.hold_funds import NewHold, hold_funds
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.errors import InsufficientFunds, KeyConflict, WalletOff
from jangteo.domains.ledger.invariants import BOOK
from jangteo.domains.ledger.queries import balance_won
from jangteo.domains.markets.actions.set_wallet_mode import set_wallet_mode
from jangteo.domains.payments.actions.add_policy import add_policy
from jangteo.domains.payments.actions.claw_back import NOTHING, Refunded, claw_back
from jangteo.domains.payments.actions.end_policy import end_policy
from jangteo.domains.payments.actions.expire_cashback import expire_cashback
from jangteo.domains.payments.actions.fund_program import Funding, fund_program
from jangteo.domains.payments.actions.grant_cashback import Earning, grant_cashback
from jangteo.domains.payments.actions.load_wallet import Load, load_wallet
from jangteo.domains.payments.actions.write_policies import Origin
from jangteo.domains.payments.jobs import expire_due_cashback
from jangteo.domains.payments.models import CashbackGrant, PolicyRow
from jangteo.domains.payments.queries_policies import cashback_given_won, cashback_of, program_left_won
from jangteo.domains.payments.rules.cashback import AfterPromo, Clawback
from jangteo.domains.payments.rules.policies import Policy
from jangteo.domains.payments.rules.refusals import BudgetUsedUp
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

CITY, HANA = "city-2026", 12
PROMO = f"promo:{HANA}:local"
FIVE = Policy(
    id="",
    scheme="local",
    area="",
    starts=date(2026, 11, 1),
    discount_bp=500,
    cashback=True,
    cashback_cap_won=20_000,
    program=CITY,
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture(autouse=True)
def scope(world: World) -> Iterator[None]:
    with in_market(world.market.pk):
        yield
    # Whatever a test did, the book adds up.
    assert [breach for rule in BOOK if rule.name in ("I1", "I2", "I3", "I4") for breach in rule.breaches()] == []


@pytest.fixture
def five(world: World) -> PolicyRow:
    fund(world, 100_000)
    row = add_policy(market=world.market, actor=SYSTEM, policy=FIVE, origin=Origin("시청", "공고 3호"))
    assert row is not None
    return row


def fund(world: World, won: int, key: str = "1") -> bool:
    return fund_program(market=world.market, actor=SYSTEM, funding=Funding(key, CITY, won))


def grant(world: World, row: PolicyRow, on_won: int, ref: str = "o1") -> CashbackGrant | None:
    return grant_cashback(market=world.market, actor=SYSTEM, earning=Earning(ref, HANA, row.pk, on_won))


def spend(world: World, won: int, key: str = "s") -> None:
    with transaction.atomic():
        entry = NewEntry(f"spend:{key}", "use_promo", "test", {PROMO: won, "order:x": -won})
        post_entry(market_id=world.market.pk, actor=SYSTEM, entry=entry)


def back(world: World, refunded: Refunded) -> Clawback:
    with transaction.atomic():
        return claw_back(market_id=world.market.pk, actor=SYSTEM, refunded=refunded)


def promo_won() -> int:
    return -balance_won(PROMO)


def test_an_order_earns_once_and_the_budget_pays(world: World, five: PolicyRow) -> None:
    first = grant(world, five, 30_019)
    again = grant(world, five, 30_019)

    assert first is not None
    assert first == again == cashback_of("o1")
    assert (first.granted_won, first.expires_at) == (1_500, NOON + timedelta(days=90))
    assert (promo_won(), program_left_won(CITY)) == (1_500, 98_500)
    assert cashback_given_won(HANA, "local") == 1_500


@pytest.mark.parametrize(("on_won", "won"), [(400_000, 20_000), (1_000_000, 20_000), (20, 1)])
def test_a_cap_bounds_what_an_order_earns(world: World, five: PolicyRow, on_won: int, won: int) -> None:
    earned = grant(world, five, on_won)

    assert earned is not None
    assert earned.granted_won == won


def test_what_earns_nothing_writes_nothing(world: World, five: PolicyRow) -> None:
    discount = replace(FIVE, starts=date(2027, 1, 1), cashback=False)
    row = add_policy(market=world.market, actor=SYSTEM, policy=discount, origin=Origin("시청"))

    assert row is not None
    assert (grant(world, row, 50_000), grant(world, five, 19)) == (None, None)
    assert program_left_won(CITY) == 100_000


def test_an_empty_budget_gives_nothing_rather_than_a_part(world: World, five: PolicyRow) -> None:
    grant(world, five, 400_000, "o1")
    for n in range(2, 6):
        grant(world, five, 400_000, f"o{n}")

    with pytest.raises(BudgetUsedUp) as refused:
        grant(world, five, 20, "o6")

    assert refused.value.facts == {"program": CITY, "asked_won": 1}
    assert (cashback_of("o6"), program_left_won(CITY)) == (None, 0)


def test_money_for_a_program_is_booked_once(world: World) -> None:
    assert (fund(world, 5_000), fund(world, 5_000)) == (True, False)
    with pytest.raises(KeyConflict):
        fund(world, 6_000)
    assert (program_left_won(CITY), balance_won("bank:main")) == (5_000, 5_000)


def test_a_refund_takes_unspent_cashback_out_of_the_balance(world: World, five: PolicyRow) -> None:
    grant(world, five, 30_000)

    part = back(world, Refunded("o1", "line:2", kept_won=20_000, refund_won=10_000))
    again = back(world, Refunded("o1", "line:2", kept_won=20_000, refund_won=10_000))
    rest = back(world, Refunded("o1", "rest", kept_won=0, refund_won=20_000))

    assert (part, again, rest) == (Clawback(500, 0, 0), NOTHING, Clawback(1_000, 0, 0))
    assert (promo_won(), program_left_won(CITY), balance_won("order:o1")) == (0, 100_000, 0)


def test_what_is_spent_is_owed_where_nothing_is_deducted(world: World, five: PolicyRow) -> None:
    grant(world, five, 30_000)
    spend(world, 1_200)

    taken = back(world, Refunded("o1", "all", kept_won=0, refund_won=30_000, then=AfterPromo.RECEIVABLE))

    assert taken == Clawback(300, 0, 1_200)
    assert (promo_won(), balance_won(f"receivable:user:{HANA}")) == (0, 1_200)
    assert program_left_won(CITY) == 100_000


def test_a_later_policy_never_touches_an_order_that_is_paid(world: World, five: PolicyRow) -> None:
    grant(world, five, 30_000)
    before, kept = CashbackGrant.objects.values().get(), PolicyRow.objects.values().get(pk=five.pk)

    later = replace(FIVE, starts=date(2026, 11, 21), discount_bp=100, cashback_cap_won=1, program="other")
    add_policy(market=world.market, actor=SYSTEM, policy=later, origin=Origin("시청"))
    end_policy(market=world.market, actor=SYSTEM, policy_id=five.pk, last_day=date(2026, 11, 20))

    assert CashbackGrant.objects.values().get() == before
    assert PolicyRow.objects.values().get(pk=five.pk) == {**kept, "ends": date(2026, 11, 20)}
    # A refund weeks later still goes by the row that the order was paid under.
    with clock.at(NOON + timedelta(days=30)):
        assert back(world, Refunded("o1", "all", kept_won=10_000, refund_won=20_000)) == Clawback(1_000, 0, 0)
    assert program_left_won(CITY) == 99_500


def test_an_order_without_cashback_has_none_to_take(world: World) -> None:
    assert back(world, Refunded("o9", "all", kept_won=0, refund_won=30_000)) == NOTHING


def test_held_promo_money_is_left_alone(world: World, five: PolicyRow) -> None:
    grant(world, five, 30_000)
    with transaction.atomic():
        held = NewHold("h", "order:x", PROMO, 900, NOON + timedelta(minutes=10))
        hold_funds(market_id=world.market.pk, hold=held)

    assert back(world, Refunded("o1", "all", kept_won=0, refund_won=30_000)) == Clawback(600, 900, 0)
    assert promo_won() == 900


def test_what_nobody_spent_goes_back_to_the_program_in_time(world: World, five: PolicyRow) -> None:
    grant(world, five, 30_000, "o1")
    with clock.at(NOON + timedelta(days=30)):
        grant(world, five, 20_000, "o2")
    spend(world, 600)

    with clock.at(NOON + timedelta(days=90)):
        first = expire_cashback(market=world.market, actor=SYSTEM)
        again = expire_cashback(market=world.market, actor=SYSTEM)

    assert (first, again, promo_won(), program_left_won(CITY)) == (900, 0, 1_000, 98_400)
    with clock.at(NOON + timedelta(days=121)):
        expire_due_cashback()
    assert (promo_won(), program_left_won(CITY)) == (0, 99_400)


def test_of_expired_cashback_only_what_was_used_is_asked_back(world: World, five: PolicyRow) -> None:
    grant(world, five, 30_000)
    spend(world, 200)
    with clock.at(NOON + timedelta(days=90)):
        expire_cashback(market=world.market, actor=SYSTEM)

    assert back(world, Refunded("o1", "all", kept_won=0, refund_won=30_000)) == Clawback(0, 200, 0)
    assert program_left_won(CITY) == 100_000


def test_cashback_that_is_being_spent_waits_for_the_order(world: World, five: PolicyRow) -> None:
    grant(world, five, 30_000)
    with transaction.atomic():
        held = NewHold("h", "order:x", PROMO, 900, NOON + timedelta(days=99))
        hold_funds(market_id=world.market.pk, hold=held)

    with clock.at(NOON + timedelta(days=90)):
        waiting = expire_cashback(market=world.market, actor=SYSTEM)
        with transaction.atomic():
            end_hold(key="h", actor=SYSTEM)
        over = expire_cashback(market=world.market, actor=SYSTEM)

    assert (waiting, over, promo_won()) == (0, 1_500, 0)


def test_no_wallet_is_loaded_where_the_market_keeps_none(world: World) -> None:
    load = Load("1", HANA, 50_000, "bank:main")

    with pytest.raises(WalletOff) as refused:
        load_wallet(market=world.market, actor=SYSTEM, load=load)
    entry = NewEntry("by hand", "gift", "test", {"bank:main": 1, f"wallet:{HANA}": -1})
    with transaction.atomic(), pytest.raises(WalletOff):
        post_entry(market_id=world.market.pk, actor=SYSTEM, entry=entry)

    assert refused.value.facts == {"account": f"wallet:{HANA}"}
    assert balance_won(f"wallet:{HANA}") == 0


def test_a_discount_at_charging_is_paid_by_the_program(world: World) -> None:
    fund(world, 5_000)
    set_wallet_mode(market=world.market, actor=SYSTEM, on=True)
    load = Load("1", HANA, 50_000, "bank:main", added_won=5_000, program=CITY)

    is_new = [load_wallet(market=world.market, actor=SYSTEM, load=load) for _ in range(2)]

    assert is_new == [True, False]
    assert (balance_won(f"wallet:{HANA}"), balance_won("bank:main"), program_left_won(CITY)) == (-50_000, 50_000, 0)
    with pytest.raises(InsufficientFunds):
        load_wallet(market=world.market, actor=SYSTEM, load=replace(load, key="2", won=10, added_won=1))


def test_what_was_loaded_can_be_spent_after_the_mode_is_off_again(world: World) -> None:
    set_wallet_mode(market=world.market, actor=SYSTEM, on=True)
    load_wallet(market=world.market, actor=SYSTEM, load=Load("1", HANA, 50_000, "bank:main"))
    set_wallet_mode(market=world.market, actor=SYSTEM, on=False)

    with transaction.atomic():
        entry = NewEntry("spend", "use_wallet", "test", {f"wallet:{HANA}": 20_000, "order:x": -20_000})
        post_entry(market_id=world.market.pk, actor=SYSTEM, entry=entry)
    with pytest.raises(WalletOff):
        load_wallet(market=world.market, actor=SYSTEM, load=Load("2", HANA, 1, "bank:main"))

    assert balance_won(f"wallet:{HANA}") == -30_000


@pytest.mark.parametrize(("added_won", "program"), [(50_000, CITY), (1, ""), (0, CITY), (-1, CITY)])
def test_a_load_that_cannot_be_is_not_booked(world: World, added_won: int, program: str) -> None:
    load = Load("1", HANA, 50_000, "bank:main", added_won, program)

    with pytest.raises(ValueError, match="load"):
        load_wallet(market=world.market, actor=SYSTEM, load=load)
