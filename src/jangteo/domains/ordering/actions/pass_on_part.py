"""Nobody answers an order: others are told of it."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.actions.ring_phones import ring_phones
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.kernel import audit, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def pass_on_part(*, market: Market, actor: Actor, part_id: int, told: StallPart.Told) -> StallPart:
    """Tell the stall's family or the association of a new part, and let every screen of the stall look again.

    The family's phones that ring with their screens off are woken once. A part that has been answered meanwhile, or
    whose order others know of already, stays as it is. Raises StallPart.DoesNotExist.
    """
    part = lock_part(part_id=part_id)
    if part.state != PartState.NEW or part.told in (told, StallPart.Told.OFFICE):
        return part
    if not part.told:
        ring_phones(parts=[part], passed_on=True)
    part.told = told
    part.save(update_fields=["told"])
    audit.record(actor, "part.passed_on", f"part:{part.pk}", number=part.order.number, told=told)
    live.publish([live.News(f"stall:{part.stall_id}", "part_passed_on", {"part": part.pk})])
    return part
