from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jangteo.adapters._wire import Answer
from jangteo.adapters.toss import codes
from jangteo.adapters.toss.mapper import refusal, snapshot
from jangteo.domains.payments.ports import (
    Cancel,
    GatewayRejected,
    GatewayState,
    GatewayUnknown,
    Snapshot,
    VirtualAccount,
)

CANCEL = {
    "transactionKey": "TX-CANCEL-1",
    "cancelReason": "품절",
    "cancelAmount": 10_000,
    "taxFreeAmount": 4_000,
    "refundableAmount": 20_000,
    "cancelStatus": "DONE",
}


ACCOUNT = {
    "accountType": "일반",
    "accountNumber": "79019639679511",
    "bankCode": "11",
    "customerName": "김순자",
    "dueDate": "2026-11-04T10:00:00+09:00",
    "expired": False,
    "refundStatus": "NONE",
}


def payment(**changes: object) -> dict[str, object]:
    """A Payment document with the fields that are read, and a few that are not."""
    document: dict[str, object] = {
        "version": "2022-11-16",
        "paymentKey": "tgen_20261103abc",
        "orderId": "order-1",
        "orderName": "애호박 외 2건",
        "currency": "KRW",
        "method": "카드",
        "status": "DONE",
        "totalAmount": 30_000,
        "balanceAmount": 30_000,
        "requestedAt": "2026-11-03T10:00:00+09:00",
        "approvedAt": "2026-11-03T10:01:02+09:00",
        "cancels": None,
        "receipt": {"url": "https://pay.example/receipt/1"},
        "card": {"number": "12345678****123*"},
    }
    return document | changes


def without(name: str) -> dict[str, object]:
    document = payment()
    del document[name]
    return document


def test_a_paid_card_payment() -> None:
    assert snapshot(payment()) == Snapshot(
        payment_key="tgen_20261103abc",
        order_ref="order-1",
        state=GatewayState.DONE,
        total_won=30_000,
        balance_won=30_000,
        method="카드",
        approved_at=datetime(2026, 11, 3, 1, 1, 2, tzinfo=UTC),
        receipt_url="https://pay.example/receipt/1",
        cancels=(),
    )


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("READY", GatewayState.READY),
        ("IN_PROGRESS", GatewayState.IN_PROGRESS),
        ("WAITING_FOR_DEPOSIT", GatewayState.WAITING_DEPOSIT),
        ("DONE", GatewayState.DONE),
        ("PARTIAL_CANCELED", GatewayState.PART_CANCELLED),
        ("CANCELED", GatewayState.CANCELLED),
        ("ABORTED", GatewayState.FAILED),
        ("EXPIRED", GatewayState.EXPIRED),
    ],
)
def test_every_documented_status_has_a_state(status: str, state: GatewayState) -> None:
    assert snapshot(payment(status=status)).state is state


def test_part_cancelled_with_nothing_left_is_cancelled() -> None:
    assert snapshot(payment(status="PARTIAL_CANCELED", balanceAmount=0)).state is GatewayState.CANCELLED


def waiting(**changes: object) -> dict[str, object]:
    """A payment that waits for its deposit."""
    document = payment(status="WAITING_FOR_DEPOSIT", method="가상계좌", approvedAt=None, card=None, secret="ps_1")
    return document | {"virtualAccount": ACCOUNT} | changes


def test_a_payment_that_waits_for_its_deposit_names_the_account() -> None:
    found = snapshot(waiting())

    assert found.state is GatewayState.WAITING_DEPOSIT
    assert found.account == VirtualAccount("011", "79019639679511", "김순자", datetime(2026, 11, 4, 1, 0, tzinfo=UTC))
    assert found.secret == "ps_1"


def test_an_account_that_is_over_has_expired_though_its_status_says_that_it_waits() -> None:
    over = ACCOUNT | {"expired": True}

    assert snapshot(waiting(virtualAccount=over)).state is GatewayState.EXPIRED
    assert snapshot(waiting(virtualAccount=over, status="DONE")).state is GatewayState.DONE
    assert snapshot(waiting(virtualAccount=ACCOUNT | {"expired": None})).state is GatewayState.WAITING_DEPOSIT


def test_a_cancel_before_the_deposit_moved_no_money_and_one_after_it_did() -> None:
    ended = waiting(status="CANCELED", balanceAmount=0, cancels=[CANCEL])

    assert snapshot(ended).cancels == ()
    assert snapshot(ended | {"approvedAt": "2026-11-03T10:01:02+09:00"}).cancels == (
        Cancel("TX-CANCEL-1", 10_000, 4_000),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"dueDate": None},
        {"dueDate": "2026-11-04T10:00:00"},
        {"accountNumber": ""},
        {"bankCode": None},
        {"expired": "no"},
        {"expired": 1},
    ],
)
def test_an_account_in_another_shape_is_unknown(changes: dict[str, object]) -> None:
    with pytest.raises(GatewayUnknown, match="unreadable payment"):
        snapshot(waiting(virtualAccount=ACCOUNT | changes))


def test_a_payment_before_its_method_is_chosen() -> None:
    opened = snapshot(payment(status="READY", method=None, approvedAt=None, receipt=None))

    assert (opened.method, opened.approved_at, opened.receipt_url) == ("", None, "")


def test_cancels_keep_their_order_and_only_settled_ones_count() -> None:
    underway = CANCEL | {"transactionKey": "TX-CANCEL-2", "cancelStatus": "IN_PROGRESS"}
    failed = CANCEL | {"transactionKey": "TX-CANCEL-3", "cancelStatus": "ABORTED"}
    last = CANCEL | {"transactionKey": "TX-CANCEL-4", "cancelAmount": 1, "taxFreeAmount": 0}

    found = snapshot(payment(status="PARTIAL_CANCELED", balanceAmount=19_999, cancels=[CANCEL, underway, failed, last]))

    assert found.cancels == (Cancel("TX-CANCEL-1", 10_000, 4_000), Cancel("TX-CANCEL-4", 1, 0))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "/receipt/1", "ftp://pay.example/1"])
def test_a_receipt_address_that_is_no_web_address_is_left_out(address: str) -> None:
    assert snapshot(payment(receipt={"url": address})).receipt_url == ""


@pytest.mark.parametrize("name", ["paymentKey", "orderId", "status", "totalAmount", "balanceAmount"])
def test_a_missing_field_is_unknown_and_named(name: str) -> None:
    with pytest.raises(GatewayUnknown, match=name):
        snapshot(without(name))


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "STATUS_OF_TOMORROW"},
        {"status": "done"},
        {"status": None},
        {"currency": "USD"},
        {"totalAmount": 30_000.0},
        {"totalAmount": "30000"},
        {"totalAmount": True},
        {"totalAmount": -1},
        {"balanceAmount": 30_001},
        {"balanceAmount": None},
        {"balanceAmount": True},
        {"paymentKey": ""},
        {"paymentKey": "k" * 201},
        {"orderId": 7},
        {"approvedAt": "2026-11-03T10:01:02"},
        {"approvedAt": "yesterday"},
        {"method": {"name": "카드"}},
        {"receipt": "https://pay.example/receipt/1"},
        {"cancels": {}},
        {"cancels": ["TX"]},
        {"cancels": [CANCEL | {"cancelStatus": "MAYBE"}]},
        {"cancels": [CANCEL | {"cancelAmount": None}]},
        {"cancels": [CANCEL | {"transactionKey": ""}]},
    ],
)
def test_what_is_not_documented_is_unknown(changes: dict[str, object]) -> None:
    with pytest.raises(GatewayUnknown, match="unreadable payment"):
        snapshot(payment(**changes))


@pytest.mark.parametrize("body", [None, [], "DONE", 7])
def test_what_is_no_object_is_unknown(body: object) -> None:
    with pytest.raises(GatewayUnknown):
        snapshot(body)


def test_an_unreadable_payment_is_not_repeated_in_the_error() -> None:
    with pytest.raises(GatewayUnknown) as unknown:
        snapshot(payment(status="secret-looking-value"))

    assert "secret-looking-value" not in str(unknown.value)
    assert "tgen_20261103abc" not in str(unknown.value)


@pytest.mark.parametrize("code", sorted(codes.FINAL))
def test_a_final_code_is_a_refusal_only_with_a_4xx(code: str) -> None:
    body = {"code": code, "message": "안 돼요."}

    refused = refusal(Answer(403, body))
    broken = refusal(Answer(500, body))

    assert isinstance(refused, GatewayRejected)
    assert (refused.code, refused.message) == (code, "안 돼요.")
    assert isinstance(broken, GatewayUnknown)


@pytest.mark.parametrize("status", [408, 409, 429])
def test_statuses_that_ask_for_patience_are_never_final(status: int) -> None:
    assert isinstance(refusal(Answer(status, {"code": "INVALID_REQUEST", "message": ""})), GatewayUnknown)


@pytest.mark.parametrize(
    "code",
    [
        "PROVIDER_ERROR",
        "CARD_PROCESSING_ERROR",
        "FORBIDDEN_CONSECUTIVE_REQUEST",
        "DUPLICATED_ORDER_ID",
        "ALREADY_REFUNDING_PAYMENT",
        "CODE_OF_TOMORROW",
    ],
)
def test_a_code_that_may_hide_moved_money_is_unknown(code: str) -> None:
    assert isinstance(refusal(Answer(400, {"code": code, "message": ""})), GatewayUnknown)


@pytest.mark.parametrize("body", [None, [], {}, {"code": 7}, {"message": "안 돼요."}])
def test_an_error_in_another_shape_is_unknown(body: object) -> None:
    assert isinstance(refusal(Answer(400, body)), GatewayUnknown)


def test_a_redirect_is_unknown() -> None:
    assert isinstance(refusal(Answer(302, None)), GatewayUnknown)


@pytest.mark.parametrize(("written", "read"), [({"taxFreeAmount": 8_000}, 8_000), ({}, None)])
def test_what_is_left_of_the_tax_free_part_is_told(written: dict[str, int], read: int | None) -> None:
    document = payment()
    document.pop("taxFreeAmount", None)

    assert snapshot(document | written).tax_free_won == read
