"""The customer changes their mind before any stall has begun."""

from __future__ import annotations

from jangteo.domains.delivery.actions.free_seat import free_seat
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.actions.lock_part import returnable
from jangteo.domains.ordering.actions.move import move_order, move_parts
from jangteo.domains.ordering.errors import TooLateToCancel
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.payments.actions.void_tenders import void_tenders
from jangteo.domains.promotions.actions.free_coupon import free_coupon
from jangteo.domains.stock.actions.end_holds import end_holds
from jangteo.domains.stock.actions.return_stock import return_stock
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

UNTOUCHED = frozenset({PartState.NEW, PartState.AWAITING_PAYMENT})


@action
def cancel_order(*, market: Market, actor: Actor, order_id: int) -> Order:
    """Cancel the whole order: goods back in stock, money back the way it came, its seat free. Raises TooLateToCancel.

    Cancelling twice changes nothing.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.state == OrderState.CANCELLED:
        return order
    parts = list(StallPart.with_fees.filter(order=order).order_by("pk"))
    if order.state not in (OrderState.PLACED, OrderState.AWAITING_PAYMENT) or any(
        part.state not in UNTOUCHED for part in parts if not part.is_fee
    ):
        raise TooLateToCancel
    was_placed = order.state == OrderState.PLACED
    move_order(order=order, to=OrderState.CANCELLED, actor=actor)
    move_parts(parts=parts, to=PartState.CANCELLED, actor=actor)
    _give_back(order, actor, was_placed=was_placed)
    if order.fulfil == Order.Fulfil.DELIVER:
        free_seat(order_id=order.pk)
    audit.record(actor, "order.cancelled", f"order:{order.pk}", number=order.number)
    return order


def _give_back(order: Order, actor: Actor, *, was_placed: bool) -> None:
    cause = f"order:{order.ref}"
    if not was_placed:
        end_holds(cause=cause, wanted={})
        void_tenders(order_ref=order.ref, actor=actor)
        if order.user_id is not None:
            free_coupon(order_ref=order.ref, actor=actor)
        return
    lines = list(Line.objects.filter(part__order=order))
    give_back_lines(order=order, wons={line.pk: None for line in lines}, reason="order_cancelled", actor=actor)
    return_stock(quantities=returnable(lines), cause=cause)
