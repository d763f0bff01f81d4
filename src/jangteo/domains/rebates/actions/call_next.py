"""The desk calls whoever comes next."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_rebate import lock_rebate
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.errors import NobodyWaits
from jangteo.domains.rebates.models import RebateVisit
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def call_next(*, market: Market, actor: Actor, event_id: int) -> RebateVisit:
    """The longest waiting of today is called. Raises NobodyWaits."""
    event = lock_rebate(event_id=event_id)
    now = clock.now()
    waits = RebateVisit.objects.filter(event=event, day=clock.business_day(now), state=RebateVisit.State.WAITING)
    visit = waits.order_by("number").first()
    if visit is None:
        raise NobodyWaits
    visit.state, visit.called_at = RebateVisit.State.CALLED, now
    visit.save(update_fields=["state", "called_at"])
    audit.record(actor, "rebate.called", f"rebate:{event.pk}", number=visit.number)
    tell_desk(event=event, board=True)
    return visit
