"""The stall opens, pauses or closes for the day."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import audit, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def set_door(*, market: Market, actor: Actor, stall_id: int, door: Stall.Door) -> Stall:
    """Set the stall's door. Shoppers cannot order from a stall that is not open. Raises Stall.DoesNotExist."""
    stall = Stall.objects.select_for_update().get(pk=stall_id)
    if stall.door != door:
        stall.door = door
        stall.save(update_fields=["door"])
        audit.record(actor, f"stall.{door}", f"stall:{stall.pk}")
        live.publish([live.News(f"stall:{stall.pk}", "door"), live.News(f"market:{market.pk}", "door")])
    return stall
