"""Reads PortOne webhooks (version 2024-04-25), which are signed as Standard Webhooks say.

They carry no amount: a genuine one still only says which payment to read again. The same message replayed within five
minutes has a valid signature too, so whoever stores it goes by the delivery id.
"""

from __future__ import annotations

from collections.abc import Mapping

from standardwebhooks import Webhook, WebhookVerificationError

from jangteo.adapters._wire import BadShape, Record, decoded
from jangteo.adapters.portone.mapper import LONGEST_ID, LONGEST_PAYMENT_ID
from jangteo.domains.payments.ports import Hint

DELIVERY_ID = "webhook-id"


def hint(body: bytes, headers: Mapping[str, str], secret: str) -> Hint:
    """What a genuine webhook is about. A type that is about no payment, or new, names none.

    Raises ValueError for a missing or wrong signature, a time more than five minutes off, and any other shape.
    """
    verified(body, headers, secret)
    document = Record(decoded(body), "webhook")
    event = document.text("type", longest=100)
    payment_id = None
    if event.startswith("Transaction."):
        payment_id = document.record("data").text("paymentId", longest=LONGEST_PAYMENT_ID)
    return Hint(delivery_id=_delivery_id(headers), payment_key=payment_id, order_ref=payment_id)


def verified(body: bytes, headers: Mapping[str, str], secret: str) -> None:
    """Refuse what is not signed with our secret, now. During a change of secrets PortOne signs with both."""
    if not secret:
        raise BadShape("no webhook secret is set")
    try:
        Webhook(secret).verify(body, dict(headers), json_parse=False)
    except WebhookVerificationError as wrong:
        raise BadShape(str(wrong)) from None


def _delivery_id(headers: Mapping[str, str]) -> str:
    found = next(value for name, value in headers.items() if name.lower() == DELIVERY_ID)
    if len(found) > LONGEST_ID:
        raise BadShape(f"{DELIVERY_ID} is too long")
    return found
