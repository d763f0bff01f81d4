"""Keep a gateway's message as it came and have the payment read again."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import Hint
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.models import InboxRow
from jangteo.kernel.outbox import emit


@action
def receive_webhook(
    *, market: Market, actor: Actor, source: str, hint: Hint, body: bytes, admit: Callable[[], None] = lambda: None
) -> bool:
    """Store the message once and queue a re-read. False for a duplicate and for a payment that is none of ours.

    `admit` is asked about every new message and raises to keep it out; a duplicate costs nothing and needs no asking.
    """
    if not Payment.objects.filter(order_ref=hint.order_ref or "").exists():
        return False
    row, is_new = InboxRow.objects.get_or_create(
        source=source, delivery_id=hint.delivery_id[:128], defaults={"body": body, "received_at": clock.now()}
    )
    if is_new:
        admit()
        # Whoever reads the payment again compares the secret, which only the gateway can know.
        emit(
            "payment.hint",
            key=f"hint:{row.pk}",
            inbox_id=row.pk,
            order_ref=str(hint.order_ref),
            secret_mark=hint.secret_mark,
        )
    return is_new
