"""The customer changes their mind before any stall has begun."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import returnable
from jangteo.domains.ordering.actions.move import move_order, move_parts
from jangteo.domains.ordering.errors import TooLateToCancel
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.models import Payment
from jangteo.domains.stock.actions.end_holds import end_holds
from jangteo.domains.stock.actions.return_stock import return_stock
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

UNTOUCHED = frozenset({PartState.NEW, PartState.AWAITING_PAYMENT})


@action
def cancel_order(*, market: Market, actor: Actor, order_id: int) -> Order:
    """Cancel the whole order: goods back in stock, card money back. Raises TooLateToCancel.

    Cancelling twice changes nothing.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.state == OrderState.CANCELLED:
        return order
    parts = list(order.parts.order_by("pk"))
    if order.state not in (OrderState.PLACED, OrderState.AWAITING_PAYMENT) or any(
        part.state not in UNTOUCHED for part in parts
    ):
        raise TooLateToCancel
    was_placed = order.state == OrderState.PLACED
    move_order(order=order, to=OrderState.CANCELLED, actor=actor)
    move_parts(parts=parts, to=PartState.CANCELLED, actor=actor)
    _give_back(order, was_placed=was_placed)
    audit.record(actor, "order.cancelled", f"order:{order.pk}", number=order.number)
    return order


def _give_back(order: Order, *, was_placed: bool) -> None:
    cause = f"order:{order.ref}"
    if not was_placed:
        end_holds(cause=cause, wanted={})
        return
    payment = Payment.objects.select_for_update().filter(order_ref=order.ref).first()
    if payment is not None:
        request_refund(
            payment=payment,
            amount_won=payment.captured_won - payment.refunded_won,
            tax_free_won=payment.tax_free_won,
            reason="order_cancelled",
        )
    return_stock(quantities=returnable(Line.objects.filter(part__order=order)), cause=cause)
