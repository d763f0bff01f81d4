"""Keep a gateway's message as it came and have the payment read again."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import Hint
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.models import InboxRow
from jangteo.kernel.outbox import emit


@action
def receive_webhook(*, market: Market, actor: Actor, source: str, hint: Hint, body: bytes) -> bool:
    """Store the message once and queue a re-read. False for a duplicate and for a payment that is none of ours."""
    if not Payment.objects.filter(order_ref=hint.order_ref or "").exists():
        return False
    row, is_new = InboxRow.objects.get_or_create(
        source=source, delivery_id=hint.delivery_id[:128], defaults={"body": body, "received_at": clock.now()}
    )
    if is_new:
        emit("payment.hint", key=f"hint:{row.pk}", inbox_id=row.pk, order_ref=str(hint.order_ref))
    return is_new
