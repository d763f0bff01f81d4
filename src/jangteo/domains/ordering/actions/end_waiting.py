"""An order that waited for its money waits no more."""

from __future__ import annotations

from jangteo.domains.delivery.actions.free_seat import free_seat
from jangteo.domains.ordering.actions.move import move_order
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments.actions.void_tenders import void_tenders
from jangteo.domains.promotions.actions.free_coupon import free_coupon
from jangteo.domains.stock.actions.end_holds import end_holds
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def end_waiting(*, order: Order, actor: Actor) -> None:
    """End the locked order; goods, money and the seat that were kept for it are free again."""
    move_order(order=order, to=OrderState.EXPIRED, actor=actor)
    end_holds(cause=f"order:{order.ref}", wanted={})
    void_tenders(order_ref=order.ref, actor=actor)
    if order.user_id is not None:
        free_coupon(order_ref=order.ref, actor=actor)
    if order.fulfil == Order.Fulfil.DELIVER:
        free_seat(order_id=order.pk)
    audit.record(actor, "order.expired", f"order:{order.pk}", number=order.number)
