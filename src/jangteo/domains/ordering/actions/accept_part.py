"""The stall takes the order: the one big button."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def accept_part(*, market: Market, actor: Actor, part_id: int) -> StallPart:
    """Accept a new part. Accepting what is accepted changes nothing: a second tap is no error.

    Raises MoveNotAllowed, StallPart.DoesNotExist.
    """
    part = lock_part(part_id=part_id)
    if part.state == PartState.ACCEPTED:
        return part
    move_parts(parts=[part], to=PartState.ACCEPTED, actor=actor)
    audit.record(actor, "part.accepted", f"part:{part.pk}", number=part.order.number)
    return part
