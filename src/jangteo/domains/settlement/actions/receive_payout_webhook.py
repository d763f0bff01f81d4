"""Keep a gateway's signed message about pay-outs, and have what it is about read again."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.payouts_port import PayoutHint
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.models import InboxRow
from jangteo.kernel.outbox import emit


@action
def receive_payout_webhook(
    *, market: Market, actor: Actor, gateway: str, hint: PayoutHint, body: bytes, admit: Callable[[], None]
) -> bool:
    """Store the message once and queue a read. False for a duplicate; `admit` raises to keep a new one out."""
    row, is_new = InboxRow.objects.get_or_create(
        source=f"{gateway}.payouts",
        delivery_id=hint.delivery_id[:128],
        defaults={"body": body, "received_at": clock.now()},
    )
    if is_new:
        admit()
        emit(
            "payout.hint",
            key=f"payout-hint:{row.pk}",
            gateway=gateway,
            payout_key=hint.payout_key or "",
            payee_key=hint.payee_key or "",
        )
    return is_new
