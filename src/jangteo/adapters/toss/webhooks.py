"""Reads Toss Payments webhooks.

Webhooks about payments carry no signature, so what they claim is only good for knowing what to read again; a
DEPOSIT_CALLBACK has the payment's secret in it, which the payment that is read must have too.
Three envelopes exist: `{eventType, createdAt, data}`, the flat DEPOSIT_CALLBACK without an eventType, and
`{eventType, eventId, entityType, entityBody}` for pay-outs and sellers, which are read in `payout_webhooks`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.toss.mapper import (
    LONGEST_ORDER_ID,
    LONGEST_PAYMENT_KEY,
    LONGEST_SECRET,
    LONGEST_TRANSACTION_KEY,
)
from jangteo.domains.payments.ports import Hint

TRANSMISSION_ID = "tosspayments-webhook-transmission-id"

_TRANSMISSION_ID_SHAPE = re.compile(r"[A-Za-z0-9._:-]{1,100}")

# Genuine, but about nothing a payment is read again for.
_NOT_ABOUT_A_PAYMENT = frozenset(
    {
        "ars-reservation.changed",
        "BILLING_DELETED",
        "CUSTOMER_STATUS_CHANGED",
        "METHOD_UPDATED",
        "ORDER_PAYMENT_STATUS_CHANGED",
        "payout.changed",
        "seller.changed",
    }
)


def hint(body: bytes, headers: Mapping[str, str]) -> Hint:
    """The claim of a webhook. Raises ValueError when the body is none of the documented envelopes."""
    document = Record(decoded(body), "webhook")
    payment_key, order_ref = _claim(document)
    secret = document.text_or_none("secret", longest=LONGEST_SECRET) or ""
    return Hint(_delivery_id(body, headers), payment_key, order_ref, secret)


def _claim(document: Record) -> tuple[str | None, str | None]:
    """Payment key and order reference, as far as the event names them."""
    event = document.text_or_none("eventType", longest=100)
    if event is None:
        return None, _deposit_order(document)
    if event == "PAYMENT_STATUS_CHANGED":
        payment = document.record("data")
        return (
            payment.text("paymentKey", longest=LONGEST_PAYMENT_KEY),
            payment.text("orderId", longest=LONGEST_ORDER_ID),
        )
    if event == "CANCEL_STATUS_CHANGED":
        # The documentation shows the Cancel object without saying that it names its payment.
        cancel = document.record("data")
        return (
            cancel.text_or_none("paymentKey", longest=LONGEST_PAYMENT_KEY),
            cancel.text_or_none("orderId", longest=LONGEST_ORDER_ID),
        )
    if event in _NOT_ABOUT_A_PAYMENT:
        return None, None
    raise BadShape("eventType is not a documented one")


def _deposit_order(document: Record) -> str:
    """The order of a DEPOSIT_CALLBACK, the only event without an eventType and without a payment key."""
    if not document.has("secret", "status"):
        raise BadShape("neither an event nor a deposit callback")
    document.text("secret", longest=LONGEST_SECRET)
    document.text("transactionKey", longest=LONGEST_TRANSACTION_KEY)
    return document.text("orderId", longest=LONGEST_ORDER_ID)


def _delivery_id(body: bytes, headers: Mapping[str, str]) -> str:
    """The sender's own id of this delivery, else the digest of the body, so that a repeat is recognised."""
    for name, value in headers.items():
        if name.lower() == TRANSMISSION_ID and _TRANSMISSION_ID_SHAPE.fullmatch(value):
            return value
    return hashlib.sha256(body).hexdigest()
