"""What was stuck at a stall, for whoever comes next."""

from __future__ import annotations

from jangteo.domains.helping.errors import BadVisit
from jangteo.domains.helping.models import Visit
from jangteo.domains.helping.rules import stuck_in_order
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def log_visit(*, market: Market, actor: Actor, stall_id: int, helper_id: int, stuck: list[str], key: str) -> Visit:
    """Note a visit; `stuck` are keys of `rules.STUCK`. The same key is the same visit.

    Raises Stall.DoesNotExist, BadVisit.
    """
    stall = Stall.objects.select_for_update().get(pk=stall_id)
    earlier = Visit.objects.filter(key=key).first()
    if earlier is not None:
        return earlier
    in_the_way = stuck_in_order(stuck)
    if not in_the_way or len(in_the_way) != len(set(stuck)) or not 0 < len(key) <= 100:
        raise BadVisit
    visit = Visit.objects.create(
        market=market, stall=stall, helper_id=helper_id, key=key, stuck=in_the_way, at=clock.now()
    )
    audit.record(actor, "help.visited", f"stall:{stall.pk}", stuck=",".join(in_the_way))
    return visit
