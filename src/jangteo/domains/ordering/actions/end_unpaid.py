"""Nobody paid: the order ends and its goods are free again."""

from __future__ import annotations

from jangteo.domains.ordering.actions.end_waiting import end_waiting
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.models import Payment
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def end_unpaid(*, order: Order, payment: Payment, actor: Actor) -> bool:
    """End the locked payment and with it its locked order. False when the order was paid or ended in the meantime.

    The payment of a cancelled order ends as well: else the gateway would be asked about it for ever.
    """
    if payment.captured_won or order.state not in (OrderState.AWAITING_PAYMENT, OrderState.CANCELLED):
        return False
    move_payment(payment=payment, to=Payment.State.EXPIRED, actor=actor)
    payment.save(update_fields=["state", "changed_at"])
    if order.state == OrderState.CANCELLED:
        return False
    end_waiting(order=order, actor=actor)
    return True
