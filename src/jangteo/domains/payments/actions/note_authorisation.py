"""The customer came back from the gateway's window: ask the gateway for the money."""

from __future__ import annotations

from django.db import IntegrityError

from jangteo.domains.markets.models import Market
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.errors import AmountMismatch, PaymentNotFound, PaymentOver
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.states import AUTHORISABLE
from jangteo.kernel import audit, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit


def confirm_key(order_ref: str, attempt: str) -> str:
    """What the confirmation of one try is queued under, here and at the gateway."""
    return f"confirm:{order_ref}:{ids.token_digest(attempt)[:16]}"


@action
def note_authorisation(
    *, market: Market, actor: Actor, order_ref: str, payment_key: str, amount_won: int, attempt: str = ""
) -> Payment:
    """Queue the confirmation of `payment_key`. Nothing is charged before the gateway confirms.

    `attempt` names the try where the gateway gives every try of a payment one key; else the key does. A try that came
    before changes nothing, even when it failed: no gateway confirms it twice. Where money moves in the window a payment
    that ran out is asked about once more, however late somebody comes back. Raises PaymentNotFound (also for the key of
    another payment), AmountMismatch (the browser's amount is not ours) and PaymentOver (another key came first, or the
    payment is over).
    """
    attempt = attempt or payment_key
    payment = Payment.objects.select_for_update().filter(order_ref=order_ref).first()
    if payment is None or not payment_key or max(len(payment_key), len(attempt)) > 200:
        raise PaymentNotFound
    if amount_won != payment.amount_won:
        raise AmountMismatch(asked_won=payment.amount_won, came_won=amount_won)
    if payment.state == Payment.State.EXPIRED and gateways.takes_by_itself(payment.gateway):
        Payment.objects.filter(pk=payment.pk).update(read_at=None)
        return payment
    if payment.payment_key == payment_key:
        return payment
    if payment.state not in AUTHORISABLE:
        raise PaymentOver(state=payment.state)
    if not emit("payment.confirm", key=confirm_key(order_ref, attempt), order_ref=order_ref):
        return payment
    move_payment(payment=payment, to=Payment.State.REQUESTED, actor=actor)
    payment.payment_key, payment.attempt = payment_key, attempt
    try:
        payment.save(update_fields=["state", "changed_at", "payment_key", "attempt"])
    except IntegrityError:
        raise PaymentNotFound from None
    audit.record(actor, "payment.authorised", f"order:{order_ref}", amount_won=amount_won)
    return payment
