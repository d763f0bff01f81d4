"""Take back the last tap: an acceptance, or a "ready" pressed too early."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.actions.move import move_parts
from jangteo.domains.ordering.errors import MoveNotAllowed
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

BACK = {PartState.ACCEPTED: PartState.NEW, PartState.READY: PartState.ACCEPTED}


@action
def undo_part(*, market: Market, actor: Actor, part_id: int) -> StallPart:
    """Step back once. Raises MoveNotAllowed where there is no way back, StallPart.DoesNotExist."""
    part = lock_part(part_id=part_id)
    back = BACK.get(PartState(part.state))
    if back is None:
        raise MoveNotAllowed(was=part.state, became="undo")
    move_parts(parts=[part], to=back, actor=actor)
    audit.record(actor, "part.undone", f"part:{part.pk}", number=part.order.number)
    return part
