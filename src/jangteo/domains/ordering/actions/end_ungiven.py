"""Nobody could be given what they ordered: the association decides what becomes of the money."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.close_if_over import close_if_over
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.actions.give_order import give_order
from jangteo.domains.ordering.actions.lock_part import returnable
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.errors import MoveNotAllowed, NotPaidAhead
from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.states import PART_IS_OVER, OrderState, PartState
from jangteo.domains.stock.actions.return_stock import return_stock
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_ungiven(*, market: Market, actor: Actor, order_id: int, money_back: bool) -> Order:
    """End an order that was not fetched or found nobody at home.

    With `money_back` the goods go back to their stalls and the money to the customer. Without it the stalls keep what
    they made ready, which needs that it was paid ahead. What is over stays as it is. Raises NotPaidAhead,
    MoveNotAllowed where the order waits for its payment or, without money back, a part is not ready, NeverForAnother.
    """
    audit.in_person(actor)
    order = Order.objects.select_for_update().get(pk=order_id)
    if order.state in (OrderState.CLOSED, OrderState.CANCELLED):
        return order
    if order.state != OrderState.PLACED:
        raise MoveNotAllowed(was=order.state, became=OrderState.CANCELLED)
    if money_back:
        _take_back(order, actor)
    else:
        if order.tender != Order.Tender.CARD:
            raise NotPaidAhead
        give_order(order=order, actor=actor)
    code = "order.ungiven_back" if money_back else "order.ungiven_kept"
    audit.record(actor, code, f"order:{order.pk}", number=order.number)
    return order


def _take_back(order: Order, actor: Actor) -> None:
    for part in StallPart.objects.filter(order=order).exclude(state__in=PART_IS_OVER).order_by("pk"):
        part.order = order
        if part.state == PartState.READY:
            move_parts(parts=[part], to=PartState.ACCEPTED, actor=actor)
        part.refuse_reason = StallPart.RefuseReason.UNGIVEN
        move_parts(parts=[part], to=PartState.REFUSED, actor=actor)
        lines = list(Line.objects.filter(part=part))
        return_stock(quantities=returnable(lines), cause=f"order:{order.ref}")
        wons: dict[int, int | None] = {line.pk: None for line in lines}
        give_back_lines(order=order, wons=wons, reason=f"part_{part.pk}_ungiven", actor=actor)
    close_if_over(order=order, actor=actor)
