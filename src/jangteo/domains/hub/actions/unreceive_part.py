"""받았어요 was pressed by mistake."""

from __future__ import annotations

from jangteo.domains.hub.actions.settle_parcel import settle_parcel
from jangteo.domains.hub.errors import NotGathered
from jangteo.domains.hub.models import Pick
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.states import PART_IS_AT_WORK
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def unreceive_part(*, market: Market, actor: Actor, part_id: int) -> Pick:
    """The part is still to come; the stall's own word that it is ready stays. Twice changes nothing.

    Raises NotGathered once it is over, Pick.DoesNotExist.
    """
    part = lock_part(part_id=part_id)
    pick = Pick.objects.get(part=part)
    if pick.state != Pick.State.GOT:
        return pick
    if part.state not in PART_IS_AT_WORK:
        raise NotGathered
    pick.state, pick.changed_at = Pick.State.WAITING, clock.now()
    pick.save(update_fields=["state", "changed_at"])
    settle_parcel(order=part.order, actor=actor)
    audit.record(actor, "hub.part_back", f"part:{part.pk}", number=part.order.number)
    live.publish([live.News(f"helpers:{market.pk}", "hub"), live.News(f"order:{part.order_id}", "hub")])
    return pick
