"""Nobody knows yet whether the money was taken."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.models import Payment
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def doubt_payment(*, market: Market, actor: Actor, order_ref: str) -> None:
    """Mark a requested payment as unknown, so that it is asked about until the gateway answers."""
    payment = Payment.objects.select_for_update().get(order_ref=order_ref)
    if payment.state == Payment.State.REQUESTED:
        move_payment(payment=payment, to=Payment.State.UNKNOWN, actor=actor)
        payment.save(update_fields=["state", "changed_at"])
