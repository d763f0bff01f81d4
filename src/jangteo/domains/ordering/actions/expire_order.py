"""A card order that was never paid gives its goods back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.move import move_order
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.models import Payment
from jangteo.domains.stock.actions.end_holds import end_holds
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def expire_order(*, market: Market, actor: Actor, order_ref: str) -> bool:
    """End the order and free its holds. False when it was paid or ended in the meantime.

    The caller has asked the gateway first. Money that still arrives later brings the order back (settle_payment).
    """
    order = Order.objects.select_for_update().get(ref=order_ref)
    payment = Payment.objects.select_for_update().get(order_ref=order_ref)
    if order.state != OrderState.AWAITING_PAYMENT or payment.captured_won:
        return False
    move_order(order=order, to=OrderState.EXPIRED, actor=actor)
    move_payment(payment=payment, to=Payment.State.EXPIRED, actor=actor)
    payment.save(update_fields=["state", "changed_at"])
    end_holds(cause=f"order:{order.ref}", wanted={})
    audit.record(actor, "order.expired", f"order:{order.pk}", number=order.number)
    return True
