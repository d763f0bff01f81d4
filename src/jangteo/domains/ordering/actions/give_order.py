"""The customer has all of an order at once: at the hub's shelf, or at the door."""

from __future__ import annotations

from jangteo.domains.ordering.actions.close_if_over import close_if_over
from jangteo.domains.ordering.actions.give_part import give_part
from jangteo.domains.ordering.errors import MoveNotAllowed
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import PART_IS_OVER, PartState
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import whole_market


@step
def give_order(*, order: Order, actor: Actor) -> list[StallPart]:
    """Hand over every part of a locked order that is still to be, and close it. Those that were handed over.

    Nothing happens where all is over. Raises MoveNotAllowed where a part is not ready.
    """
    with whole_market():
        parts = list(StallPart.objects.filter(order=order).exclude(state__in=PART_IS_OVER).order_by("pk"))
        for part in parts:
            if part.state != PartState.READY:
                raise MoveNotAllowed(was=part.state, became=PartState.HANDED_OVER)
            part.order = order
            lines = give_part(part=part, taken=None, actor=actor)
            won = sum(facts_of(line).due_won for line in lines)
            audit.record(actor, "part.handed_over", f"part:{part.pk}", number=order.number, amount_won=won)
        if parts:
            close_if_over(order=order, actor=actor)
    return parts
