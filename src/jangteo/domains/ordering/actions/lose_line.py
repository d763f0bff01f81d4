"""A good that was ordered is not there, and its money goes back."""

from __future__ import annotations

from jangteo.domains.ordering.actions.close_if_over import close_if_over
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.actions.lock_part import returnable
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.errors import MoveNotAllowed
from jangteo.domains.ordering.models import Line, Shortfall, StallPart
from jangteo.domains.ordering.states import PART_IS_AT_WORK, PartState
from jangteo.kernel import clock, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def lose_line(*, part: StallPart, line: Line, actor: Actor) -> None:
    """Give the line's money back; a part of which nothing is left is refused. `part` is locked, with its order.

    Nothing returns to the stock: what left it in the count was not there. Raises MoveNotAllowed once it is over.
    """
    if part.state not in PART_IS_AT_WORK:
        raise MoveNotAllowed(was=part.state, became="missing")
    gone = returnable([line]).get(line.good_id, 0)
    now = clock.now()
    short = Shortfall.objects.select_for_update().filter(line=line).first()
    if short is None:
        short = Shortfall(market_id=line.market_id, stall_id=line.stall_id, line=line, quantity=0, opened_at=now)
    short.quantity += gone
    short.state, short.closed_at = Shortfall.State.REFUNDED, now
    short.save()
    give_back_lines(order=part.order, wons={line.pk: None}, reason=f"line_{line.pk}_short", actor=actor)
    lost = Shortfall.objects.filter(state=Shortfall.State.REFUNDED).values("line_id")
    if not Line.objects.filter(part=part).exclude(pk__in=lost).exists():
        _refuse(part, actor)
    live.publish(
        [
            live.News(f"order:{part.order_id}", "shortfall_closed"),
            live.News(f"stall:{part.stall_id}", "shortfall_closed"),
        ]
    )


def _refuse(part: StallPart, actor: Actor) -> None:
    """Nothing of the part is left to hand over."""
    if part.state == PartState.READY:
        move_parts(parts=[part], to=PartState.ACCEPTED, actor=actor)
    part.refuse_reason = StallPart.RefuseReason.SOLD_OUT
    move_parts(parts=[part], to=PartState.REFUSED, actor=actor)
    close_if_over(order=part.order, actor=actor)
