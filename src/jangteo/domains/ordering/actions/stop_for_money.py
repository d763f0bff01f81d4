"""The bank took a deposit back: the stalls stop until it comes again."""

from __future__ import annotations

from jangteo.domains.ordering.actions.lock_part import returnable
from jangteo.domains.ordering.actions.move import move_order, move_parts
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.states import PART_IS_AT_WORK, OrderState, PartState
from jangteo.domains.payments.models import Payment
from jangteo.domains.stock.actions.hold_again import hold_again
from jangteo.kernel import audit, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def stop_for_money(*, order: Order, payment: Payment, actor: Actor) -> None:
    """Let the locked order wait for its money again, its goods held until the payment ends.

    An order of which something was handed over goes on: goods are out, and a person has to speak with the customer.
    """
    parts = list(StallPart.with_fees.filter(order=order).order_by("pk"))
    if any(part.state == PartState.HANDED_OVER for part in parts):
        audit.record(actor, "order.unpaid_goods", f"order:{order.pk}", number=order.number)
        return
    if order.state != OrderState.PLACED:
        return
    stopped = [part for part in parts if part.state in PART_IS_AT_WORK]
    move_order(order=order, to=OrderState.AWAITING_PAYMENT, actor=actor)
    move_parts(parts=stopped, to=PartState.AWAITING_PAYMENT, actor=actor)
    units = returnable(Line.objects.filter(part__in=stopped))
    hold_again(quantities=units, cause=f"order:{order.ref}", until=payment.expires_at)
    audit.record(actor, "order.stopped", f"order:{order.pk}", number=order.number)
    live.publish([live.News(f"order:{order.pk}", "deposit_taken_back")])
