"""The last stall is done: the order is over, and with it the fee of its delivery."""

from __future__ import annotations

from jangteo.domains.delivery.actions.free_seat import free_seat
from jangteo.domains.ordering.actions.end_fee import end_fee
from jangteo.domains.ordering.actions.move import move_order
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.states import PART_IS_OVER, OrderState, PartState
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit
from jangteo.kernel.tenancy import whole_market


@step
def close_if_over(*, order: Order, actor: Actor) -> None:
    """Close the locked order when its last stall is done; cancelled when no stall handed anything over."""
    with whole_market():
        states = set(StallPart.objects.filter(order=order).values_list("state", flat=True))
        if not states <= PART_IS_OVER:
            return
        sold = PartState.HANDED_OVER in states
        move_order(order=order, to=OrderState.CLOSED if sold else OrderState.CANCELLED, actor=actor)
        if order.fulfil == Order.Fulfil.DELIVER:
            end_fee(order=order, sold=sold, actor=actor)
            if not sold:
                free_seat(order_id=order.pk)
        if sold and order.user_id is not None:
            emit("cashback.grant", key=f"cashback:{order.ref}", order_ref=order.ref)
