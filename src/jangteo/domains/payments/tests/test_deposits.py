"""Money into a virtual account, by the gateway's answers alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from jangteo.domains.ledger.models import Entry
from jangteo.domains.ledger.queries import balances_won
from jangteo.domains.payments.actions.apply_snapshot import Applied, apply_snapshot
from jangteo.domains.payments.actions.finish_refund import finish_refund
from jangteo.domains.payments.actions.give_refund_account import give_refund_account
from jangteo.domains.payments.actions.open_payment import open_payment
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.actions.request_rest import request_rest
from jangteo.domains.payments.errors import AccountNotAsked, BadAccount, PaymentNotFound
from jangteo.domains.payments.models import Payment, Refund
from jangteo.domains.payments.ports import (
    BankAccount,
    Cancel,
    GatewayState,
    PayBy,
    Snapshot,
    VirtualAccount,
)
from jangteo.domains.payments.queries import unfinished_payments, waits_for_account
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

DUE = NOON + timedelta(hours=3)
WAITING = Snapshot(
    payment_key="pk",
    order_ref="order-1",
    state=GatewayState.WAITING_DEPOSIT,
    total_won=10_000,
    balance_won=10_000,
    method="가상계좌",
    approved_at=None,
    receipt_url="",
    cancels=(),
    account=VirtualAccount("020", "12345678901234", "장터시장", DUE),
)
DONE = replace(WAITING, state=GatewayState.DONE)
MINE = BankAccount("004", "1234567890", "김하나")


@pytest.fixture(autouse=True)
def _in_market(world: World) -> Iterator[None]:
    with clock.at(NOON), in_market(world.market.pk):
        yield


@pytest.fixture
def payment(world: World) -> Payment:
    return open_payment(
        market_id=world.market.pk,
        gateway="toss",
        order_ref="order-1",
        amount_won=10_000,
        tax_free_won=8_000,
        pay_by=PayBy.ACCOUNT,
    )


def apply(payment: Payment, *seen: Snapshot) -> list[Applied]:
    return [apply_snapshot(payment=payment, snapshot=one, actor=SYSTEM) for one in seen]


def refund(payment: Payment, won: int, reason: str) -> Refund:
    asked = request_refund(payment=payment, amount_won=won, tax_free_won=0, reason=reason)
    assert asked is not None
    return asked


def entries() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("key", flat=True))


def sent() -> list[str]:
    return list(OutboxRow.objects.filter(topic="payment.refund").order_by("pk").values_list("key", flat=True))


def test_the_account_is_written_down_and_waited_for(payment: Payment) -> None:
    first, again = apply(payment, WAITING, WAITING)

    assert (first, again) == (Applied(waits=True), Applied())
    assert payment.state == "waiting_deposit"
    assert (payment.account_bank, payment.account_number, payment.account_holder) == (
        "020",
        "12345678901234",
        "장터시장",
    )
    assert payment.expires_at == DUE


def test_a_page_that_asked_for_a_month_gets_a_day(payment: Payment) -> None:
    month = VirtualAccount("020", "1", "", NOON + timedelta(days=30))

    apply(payment, replace(WAITING, account=month))

    assert payment.expires_at == NOON + timedelta(hours=24)


def test_a_deposit_that_goes_back_and_forth_is_one_deposit_in_the_end(payment: Payment) -> None:
    apply(payment, WAITING, DONE, DONE, WAITING, WAITING, DONE, WAITING, DONE)

    assert entries() == [
        "toss:pk:capture",
        "reverse:toss:pk:capture",
        "toss:pk:capture:2",
        "reverse:toss:pk:capture:2",
        "toss:pk:capture:3",
    ]
    assert balances_won("") == {"clear:toss": 10_000, "order:order-1": -10_000}
    assert (payment.state, payment.captured_won, payment.captures) == ("captured", 10_000, 3)


def test_a_deposit_taken_back_after_its_time_ends_the_payment(payment: Payment) -> None:
    apply(payment, WAITING, DONE)

    assert apply(payment, replace(WAITING, state=GatewayState.EXPIRED)) == [Applied(taken_back=True, failed=True)]
    assert (payment.state, balances_won("")) == ("expired", {})


def test_a_deposit_taken_back_from_an_account_that_was_cancelled_meanwhile_is_undone(payment: Payment) -> None:
    """The refund asked for it, and there was nothing to refund any more."""
    apply(payment, WAITING, DONE)

    assert apply(payment, replace(WAITING, state=GatewayState.CANCELLED)) == [Applied(taken_back=True, failed=True)]
    assert (payment.state, payment.captured_won, balances_won("")) == ("expired", 0, {})


def test_an_answer_to_an_earlier_question_undoes_nothing(payment: Payment) -> None:
    apply(payment, WAITING)
    with clock.at(NOON + timedelta(minutes=1)):
        apply(payment, DONE)

    assert apply(payment, replace(WAITING, asked_at=NOON + timedelta(seconds=59))) == [Applied()]
    assert payment.state == "captured"
    assert apply(payment, replace(WAITING, asked_at=NOON + timedelta(minutes=1))) == [Applied(taken_back=True)]


def test_what_was_partly_refunded_is_not_taken_back(payment: Payment) -> None:
    part = replace(DONE, state=GatewayState.PART_CANCELLED, balance_won=9_000, cancels=(Cancel("c", 1_000, 0),))
    apply(payment, WAITING, DONE, part)

    assert apply(payment, WAITING) == [Applied()]
    assert payment.state == "part_refunded"


def test_a_card_is_never_taken_back(payment: Payment) -> None:
    payment.pay_by = PayBy.CARD
    apply(payment, DONE)

    assert apply(payment, WAITING) == [Applied()]
    assert payment.state == "captured"


def test_a_cancelled_account_is_over(payment: Payment) -> None:
    apply(payment, WAITING, replace(WAITING, state=GatewayState.CANCELLED, balance_won=0))

    assert payment.state == "expired"


def test_a_wrong_amount_goes_back_with_the_tax_free_part_that_the_gateway_names(payment: Payment) -> None:
    apply(payment, replace(DONE, total_won=300, balance_won=300, tax_free_won=120))

    assert list(Refund.objects.values_list("amount_won", "tax_free_won")) == [(300, 120)]


def test_a_wrong_amount_without_one_goes_back_as_far_as_ours_fits(payment: Payment) -> None:
    apply(payment, replace(DONE, total_won=300, balance_won=300))

    assert list(Refund.objects.values_list("amount_won", "tax_free_won")) == [(300, 300)]


def test_the_account_to_refund_to_sends_every_refund_that_waits(world: World, payment: Payment) -> None:
    apply(payment, WAITING, DONE)
    refund(payment, 1_000, "one")
    refund(payment, 2_000, "two")
    assert waits_for_account(payment)

    kept = give_refund_account(market=world.market, actor=SYSTEM, order_ref="order-1", account=MINE)

    assert (kept.bank, kept.number, kept.holder, kept.tries) == ("004", "1234567890", "김하나", 1)
    assert sent()[2:] == ["refund:order-1:one:to:1", "refund:order-1:two:to:1"]
    assert not waits_for_account(payment)


def test_an_account_is_replaced_only_after_the_bank_refused_it(world: World, payment: Payment) -> None:
    apply(payment, WAITING, DONE)
    first, second = refund(payment, 1_000, "one"), refund(payment, 9_000, "two")
    give_refund_account(market=world.market, actor=SYSTEM, order_ref="order-1", account=MINE)
    with pytest.raises(AccountNotAsked):
        give_refund_account(market=world.market, actor=SYSTEM, order_ref="order-1", account=MINE)
    finish_refund(refund_id=first.pk, state=Refund.State.DONE, note="", actor=SYSTEM)
    finish_refund(refund_id=second.pk, state=Refund.State.REJECTED, note="INVALID_BANK", actor=SYSTEM)
    assert waits_for_account(payment)

    kept = give_refund_account(market=world.market, actor=SYSTEM, order_ref="order-1", account=MINE)

    assert kept.tries == 2
    assert sent()[4:] == ["refund:order-1:two:to:2"]
    assert Refund.objects.get(pk=second.pk).state == "queued"


@pytest.mark.parametrize(
    ("account", "field"),
    [
        (BankAccount("20", "1234567890", "김하나"), "bank"),
        (BankAccount("020", "12345", "김하나"), "number"),
        (BankAccount("020", "１２３４５６７８", "김하나"), "number"),
        (BankAccount("020", "1234567890", " "), "holder"),
        (BankAccount("020", "1234567890", "김" * 61), "holder"),
    ],
)
def test_what_is_no_account_is_refused(world: World, payment: Payment, account: BankAccount, field: str) -> None:
    with pytest.raises(BadAccount) as refused:
        give_refund_account(market=world.market, actor=SYSTEM, order_ref="order-1", account=account)

    assert refused.value.facts == {"field": field}


def test_a_card_needs_no_account(world: World, payment: Payment) -> None:
    Payment.objects.update(pay_by=PayBy.CARD)

    with pytest.raises(PaymentNotFound):
        give_refund_account(market=world.market, actor=SYSTEM, order_ref="order-1", account=MINE)


def test_a_deposit_is_asked_about_now_and_then_and_when_it_is_due(payment: Payment) -> None:
    apply(payment, WAITING)

    def asked(moment: datetime, read_at: datetime) -> bool:
        Payment.objects.update(read_at=read_at)
        with clock.at(moment):
            return unfinished_payments().exists()

    minute = timedelta(minutes=1)
    assert not asked(NOON + 9 * minute, NOON)
    assert asked(NOON + 11 * minute, NOON)
    assert not asked(DUE + minute / 2, DUE - minute / 4)
    assert asked(DUE + 2 * minute, DUE)


def test_ended_payments_are_asked_about_for_three_days_where_money_can_come_late(payment: Payment) -> None:
    apply(payment, WAITING, replace(WAITING, state=GatewayState.EXPIRED))

    def asked(hours: int, read: int) -> bool:
        Payment.objects.update(read_at=NOON + timedelta(hours=read))
        with clock.at(NOON + timedelta(hours=hours)):
            return unfinished_payments(["portone"]).exists()

    assert [asked(1, read=0), asked(1, read=1), asked(71, read=70)] == [True, False, True]
    # Then once more, although nobody could ask for days.
    assert [asked(73, read=71), asked(300, read=1), asked(74, read=73), asked(800, read=1)] == [
        *(True, True),
        *(False, False),
    ]
    Payment.objects.update(pay_by=PayBy.CARD)
    assert not asked(1, read=0)
    Payment.objects.update(gateway="portone")
    assert asked(1, read=0)


def test_an_account_that_was_closed_empty_refuses_what_was_asked_of_it(payment: Payment) -> None:
    """Whenever somebody asked for that answer: what was cancelled stays cancelled."""
    apply(payment, WAITING, DONE)
    asked = refund(payment, 10_000, "order_expired")

    early = NOON - timedelta(minutes=1)
    seen = apply(payment, replace(WAITING, state=GatewayState.CANCELLED, asked_at=early))

    asked.refresh_from_db()
    assert (seen, asked.state) == ([Applied(taken_back=True, failed=True)], "rejected")
    assert not waits_for_account(payment)


def test_an_account_that_nobody_knew_is_written_down_when_its_deposit_is_taken_back(payment: Payment) -> None:
    apply(payment, DONE)
    assert payment.account_number == ""

    assert apply(payment, WAITING) == [Applied(taken_back=True, waits=True)]
    assert (payment.state, payment.account_number, payment.expires_at) == ("waiting_deposit", "12345678901234", DUE)


def test_a_deposit_that_nobody_has_asked_about_yet_is_asked_about(payment: Payment) -> None:
    apply(payment, WAITING)
    Payment.objects.update(read_at=None)

    assert unfinished_payments().exists()


def test_the_rest_is_what_nobody_asked_back_before(payment: Payment) -> None:
    apply(payment, WAITING, DONE)
    request_refund(payment=payment, amount_won=4_000, tax_free_won=3_000, reason="one")
    refused = refund(payment, 1_000, "two")
    finish_refund(refund_id=refused.pk, state=Refund.State.REJECTED, note="", actor=SYSTEM)

    rest = request_rest(payment=payment, reason="order_expired")

    assert rest is not None
    assert (rest.amount_won, rest.tax_free_won) == (6_000, 5_000)
    assert request_rest(payment=payment, reason="again") is None
