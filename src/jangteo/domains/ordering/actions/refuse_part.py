"""The stall cannot take the order, and says why in one of three words."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.close_if_over import close_if_over
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.actions.lock_part import lock_part, returnable
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.stock.actions.return_stock import return_stock
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def refuse_part(*, market: Market, actor: Actor, part_id: int, reason: StallPart.RefuseReason) -> StallPart:
    """Refuse a part: goods back in stock, its money back, the other stalls go on.

    Refusing again changes nothing. Raises MoveNotAllowed, StallPart.DoesNotExist.
    """
    part = lock_part(part_id=part_id)
    if part.state == PartState.REFUSED:
        return part
    part.refuse_reason = reason
    move_parts(parts=[part], to=PartState.REFUSED, actor=actor)
    lines = list(Line.objects.filter(part=part))
    return_stock(quantities=returnable(lines), cause=f"order:{part.order.ref}")
    wons: dict[int, int | None] = {line.pk: None for line in lines}
    give_back_lines(order=part.order, wons=wons, reason=f"part_{part.pk}_refused", actor=actor)
    close_if_over(order=part.order, actor=actor)
    audit.record(actor, "part.refused", f"part:{part.pk}", number=part.order.number, reason=reason)
    return part
