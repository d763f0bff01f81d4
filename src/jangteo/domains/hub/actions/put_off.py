"""아직이에요: the stall is not ready, and is visited again at the end of the tour."""

from __future__ import annotations

from django.db.models import Max

from jangteo.domains.hub.models import Pick
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def put_off(*, market: Market, actor: Actor, pick_id: int) -> Pick:
    """To the end. What has been got meanwhile stays so; put off already, it stays where it is. Raises DoesNotExist."""
    pick = Pick.objects.select_for_update(of=("self",)).get(pk=pick_id)
    if pick.state != Pick.State.WAITING or pick.tour_id is None:
        return pick
    last = Pick.objects.filter(tour_id=pick.tour_id).aggregate(last=Max("position"))["last"]
    pick.state, pick.position, pick.changed_at = Pick.State.LATER, last + 1, clock.now()
    pick.save(update_fields=["state", "position", "changed_at"])
    audit.record(actor, "hub.put_off", f"part:{pick.part_id}")
    live.publish([live.News(f"helpers:{market.pk}", "hub")])
    return pick
