from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import pytest

from jangteo.adapters.toss.webhooks import hint
from jangteo.domains.payments.ports import Hint

TRANSMISSION = {"Tosspayments-Webhook-Transmission-Id": "5f0c9e0a-1111-4222-8333-444455556666"}
DEPOSIT = {
    "createdAt": "2026-11-03T10:00:00+09:00",
    "secret": "ps_secret",
    "status": "DONE",
    "transactionKey": "9FF15E1A29D0E77C218F57262BFA4986",
    "orderId": "order-1",
}


def body(document: Mapping[str, object]) -> bytes:
    return json.dumps(document).encode()


def test_a_payment_event_names_the_payment_and_the_order() -> None:
    event = {
        "eventType": "PAYMENT_STATUS_CHANGED",
        "createdAt": "2026-11-03T10:00:00.000000",
        "data": {"paymentKey": "key-1", "orderId": "order-1", "status": "DONE", "totalAmount": 1},
    }

    assert hint(body(event), TRANSMISSION) == Hint("5f0c9e0a-1111-4222-8333-444455556666", "key-1", "order-1")


def test_a_deposit_callback_has_no_event_type_and_names_the_order_only() -> None:
    sent = body(DEPOSIT)

    found = hint(sent, {})

    assert found == Hint(hashlib.sha256(sent).hexdigest(), None, "order-1")
    assert found.secret == "ps_secret"
    assert "ps_secret" not in repr(found)


@pytest.mark.parametrize(
    ("data", "payment_key", "order_ref"),
    [
        ({"cancelStatus": "DONE", "transactionKey": "TX"}, None, None),
        ({"cancelStatus": "DONE", "paymentKey": "key-1", "orderId": "order-1"}, "key-1", "order-1"),
    ],
)
def test_a_cancel_event_names_what_it_names(
    data: dict[str, str], payment_key: str | None, order_ref: str | None
) -> None:
    found = hint(body({"eventType": "CANCEL_STATUS_CHANGED", "data": data}), TRANSMISSION)

    assert (found.payment_key, found.order_ref) == (payment_key, order_ref)


@pytest.mark.parametrize("event", ["BILLING_DELETED", "payout.changed", "seller.changed", "METHOD_UPDATED"])
def test_events_about_other_things_name_no_payment(event: str) -> None:
    found = hint(body({"eventType": event, "entityBody": {"id": "x"}}), TRANSMISSION)

    assert (found.payment_key, found.order_ref) == (None, None)


@pytest.mark.parametrize("claimed", ["", "a b", "x" * 101, "../../etc", "id\r\nX: y", "아이디"])
def test_a_transmission_id_of_another_shape_is_not_taken(claimed: str) -> None:
    sent = body(DEPOSIT)

    found = hint(sent, {"tosspayments-webhook-transmission-id": claimed})

    assert found.delivery_id == hashlib.sha256(sent).hexdigest()


@pytest.mark.parametrize("missing", ["secret", "status", "transactionKey", "orderId"])
def test_a_deposit_callback_without_one_of_its_fields_is_refused(missing: str) -> None:
    with pytest.raises(ValueError, match=r"deposit|transactionKey|orderId"):
        hint(body({name: value for name, value in DEPOSIT.items() if name != missing}), TRANSMISSION)


@pytest.mark.parametrize("secret", [None, "", 7, "s" * 101])
def test_a_deposit_callback_without_a_usable_secret_is_refused(secret: object) -> None:
    with pytest.raises(ValueError, match="secret"):
        hint(body(DEPOSIT | {"secret": secret}), TRANSMISSION)


@pytest.mark.parametrize(
    "document",
    [
        {"eventType": "EVENT_OF_TOMORROW", "data": {}},
        {"eventType": "PAYMENT_STATUS_CHANGED"},
        {"eventType": "PAYMENT_STATUS_CHANGED", "data": []},
        {"eventType": "PAYMENT_STATUS_CHANGED", "data": {"paymentKey": "key-1"}},
        {"eventType": "PAYMENT_STATUS_CHANGED", "data": {"paymentKey": "k" * 201, "orderId": "order-1"}},
        {"eventType": "PAYMENT_STATUS_CHANGED", "data": {"paymentKey": ["key-1"], "orderId": "order-1"}},
    ],
)
def test_a_shape_that_is_not_documented_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"eventType|data|orderId|paymentKey"):
        hint(body(document), TRANSMISSION)
