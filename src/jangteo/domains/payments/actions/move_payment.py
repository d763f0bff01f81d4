"""Change a payment's state and write the history row."""

from __future__ import annotations

from jangteo.domains.payments.errors import PaymentOver
from jangteo.domains.payments.models import Payment, PaymentMove
from jangteo.domains.payments.states import TRANSITIONS
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def move_payment(*, payment: Payment, to: Payment.State, actor: Actor) -> None:
    """Set the state on the locked row (the caller saves it). Raises PaymentOver for a way that does not exist."""
    if payment.state == to:
        return
    if to not in TRANSITIONS[payment.state]:
        raise PaymentOver(state=payment.state)
    PaymentMove.objects.create(
        market_id=payment.market_id,
        payment=payment,
        was=payment.state,
        became=to,
        actor_ref=actor.ref,
        at=clock.now(),
    )
    payment.state = to
    payment.changed_at = clock.now()
