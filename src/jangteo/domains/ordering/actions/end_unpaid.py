"""Nobody paid: the order ends and its goods are free again."""

from __future__ import annotations

from jangteo.domains.ordering.actions.move import move_order
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.models import Payment
from jangteo.domains.stock.actions.end_holds import end_holds
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def end_unpaid(*, order: Order, payment: Payment, actor: Actor) -> bool:
    """End the locked order with its locked payment. False when it was paid or ended in the meantime."""
    if order.state != OrderState.AWAITING_PAYMENT or payment.captured_won:
        return False
    move_order(order=order, to=OrderState.EXPIRED, actor=actor)
    move_payment(payment=payment, to=Payment.State.EXPIRED, actor=actor)
    payment.save(update_fields=["state", "changed_at"])
    end_holds(cause=f"order:{order.ref}", wanted={})
    audit.record(actor, "order.expired", f"order:{order.pk}", number=order.number)
    return True
