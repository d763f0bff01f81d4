from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jangteo.adapters.portone.mapper import Attempt, reading
from jangteo.adapters.portone.tests.recorder import cancellation, payment
from jangteo.domains.payments.ports import Cancel, GatewayState, GatewayUnknown, Snapshot, VirtualAccount

AMOUNT = {"total": 30_000, "cancelled": 10_000}


def without(name: str) -> dict[str, object]:
    document = payment()
    del document[name]
    return document


def test_a_paid_card_payment() -> None:
    assert reading(payment()).snapshot == Snapshot(
        payment_key="order-1",
        order_ref="order-1",
        state=GatewayState.DONE,
        total_won=30_000,
        balance_won=30_000,
        method="카드",
        approved_at=datetime(2026, 11, 3, 1, 1, 2, 500_000, tzinfo=UTC),
        receipt_url="https://pay.example/receipt/1",
        cancels=(),
        tax_free_won=12_000,
    )


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("READY", GatewayState.READY),
        ("PENDING", GatewayState.IN_PROGRESS),
        ("VIRTUAL_ACCOUNT_ISSUED", GatewayState.WAITING_DEPOSIT),
        ("PAID", GatewayState.DONE),
        ("PARTIAL_CANCELLED", GatewayState.PART_CANCELLED),
        ("CANCELLED", GatewayState.CANCELLED),
        ("FAILED", GatewayState.FAILED),
    ],
)
def test_every_documented_status_has_a_state(status: str, state: GatewayState) -> None:
    assert reading(payment(status=status)).snapshot.state is state


def test_a_payment_before_its_channel_and_method_are_chosen() -> None:
    found = reading(payment(status="READY", channel=None, method=None, paidAt=None, receiptUrl=None))

    opened = found.snapshot
    assert (opened.method, opened.approved_at, opened.receipt_url, found.channel_type) == ("", None, "", "")


def test_a_discount_is_part_of_what_the_order_came_to() -> None:
    amount = {"total": 30_000, "discount": 1_000, "paid": 29_000, "cancelled": 0}

    assert reading(payment(amount=amount)).snapshot.total_won == 30_000


def test_cancels_keep_their_order_and_only_settled_ones_count() -> None:
    several = [
        cancellation(),
        cancellation(id="cancel-2", status="REQUESTED", reason="변심"),
        cancellation(id="cancel-3", status="FAILED"),
        cancellation(id="cancel-4", totalAmount=1, taxFreeAmount=0),
    ]

    found = reading(
        payment(status="PARTIAL_CANCELLED", amount={"total": 30_000, "cancelled": 10_001}) | {"cancellations": several}
    )

    assert found.snapshot.balance_won == 19_999
    assert found.snapshot.cancels == (Cancel("cancel-1", 10_000, 4_000), Cancel("cancel-4", 1, 0))
    assert found.attempts[1] == Attempt("REQUESTED", "변심")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/receipt/1", "ftp://pay.example/1"])
def test_a_receipt_address_that_is_no_web_address_is_left_out(address: str) -> None:
    assert reading(payment(receiptUrl=address)).snapshot.receipt_url == ""


ACCOUNT = {"type": "PaymentMethodVirtualAccount", "accountNumber": "1234567890", "bank": "KAKAO"} | {
    "remitteeName": "장터",
    "expiredAt": "2026-11-04T14:59:59Z",
}


def test_the_account_of_a_deposit_is_told() -> None:
    waiting = reading(payment(status="VIRTUAL_ACCOUNT_ISSUED", method=ACCOUNT, paidAt=None)).snapshot

    assert (waiting.state, waiting.method) == (GatewayState.WAITING_DEPOSIT, "가상계좌")
    assert waiting.account == VirtualAccount(
        bank="090", number="1234567890", holder="장터", due_at=datetime(2026, 11, 4, 14, 59, 59, tzinfo=UTC)
    )


@pytest.mark.parametrize("name", ["bank", "expiredAt"])
def test_an_account_that_is_half_told_is_not_told(name: str) -> None:
    assert reading(payment(method=ACCOUNT | {name: None})).snapshot.account is None


def test_a_bank_without_a_number_keeps_its_name() -> None:
    found = reading(payment(method=ACCOUNT | {"bank": "BANK_OF_TOMORROW"})).snapshot.account

    assert found is not None
    assert found.bank == "BANK_OF_TOMORROW"


def test_a_new_kind_of_method_has_no_word() -> None:
    assert reading(payment(method={"type": "PaymentMethodOfTomorrow"})).snapshot.method == ""


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ({"reason": "한도 초과", "pgCode": "6000"}, "한도 초과"),
        ({"pgCode": "6000", "pgMessage": "거절"}, "거절"),
        ({"pgCode": "6000"}, "6000"),
        ({}, ""),
    ],
)
def test_why_it_failed_is_told_as_well_as_it_is_known(failure: dict[str, str], told: str) -> None:
    assert reading(payment(status="FAILED", failure=failure)).failure == told


@pytest.mark.parametrize("name", ["id", "status", "amount", "currency"])
def test_a_missing_field_is_unknown_and_named(name: str) -> None:
    with pytest.raises(GatewayUnknown, match=name):
        reading(without(name))


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "STATUS_OF_TOMORROW"},
        {"status": "paid"},
        {"currency": "USD"},
        {"amount": {"total": 30_000.0, "cancelled": 0}},
        {"amount": {"total": "30000", "cancelled": 0}},
        {"amount": {"total": True, "cancelled": 0}},
        {"amount": {"total": 30_000, "cancelled": 30_001}},
        {"amount": {"total": 30_000, "cancelled": -1}},
        {"amount": {"total": 30_000}},
        {"amount": 30_000},
        {"id": ""},
        {"id": "o" * 65},
        {"paidAt": "2026-11-03T10:01:02"},
        {"paidAt": "yesterday"},
        {"channel": "LIVE"},
        {"method": "카드"},
        {"cancellations": {}},
        {"amount": AMOUNT, "cancellations": [cancellation(status="MAYBE")]},
        {"amount": AMOUNT, "cancellations": [cancellation(totalAmount=None)]},
        {"amount": AMOUNT, "cancellations": [cancellation(id="")]},
    ],
)
def test_what_is_not_documented_is_unknown(changes: dict[str, object]) -> None:
    with pytest.raises(GatewayUnknown, match="unreadable payment"):
        reading(payment(**changes))


@pytest.mark.parametrize("body", [None, [], "PAID", 7])
def test_what_is_no_object_is_unknown(body: object) -> None:
    with pytest.raises(GatewayUnknown):
        reading(body)


def test_an_unreadable_payment_is_not_repeated_in_the_error() -> None:
    with pytest.raises(GatewayUnknown) as unknown:
        reading(payment(status="secret-looking-value"))

    assert "secret-looking-value" not in str(unknown.value)
    assert "order-1" not in str(unknown.value)
