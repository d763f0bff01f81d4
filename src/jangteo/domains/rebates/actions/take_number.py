"""Somebody takes a number of the queue."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_rebate import lock_rebate
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.desk_hours import check_open
from jangteo.domains.rebates.errors import BadCount
from jangteo.domains.rebates.models import RebateVisit
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_number(*, market: Market, actor: Actor, event_id: int, key: str) -> RebateVisit:
    """The next number of today; the same key gets the same one again. Raises DeskClosed, AllGone."""
    if not 8 <= len(key) <= 100:
        raise BadCount(most=100)
    event = lock_rebate(event_id=event_id)
    earlier = RebateVisit.objects.filter(event=event, key=key).first()
    if earlier is not None:
        return earlier
    now = clock.now()
    check_open(event, event.pots.all(), now)
    today = clock.business_day(now)
    event.last_number = event.last_number + 1 if event.queue_day == today else 1
    event.queue_day = today
    event.save(update_fields=["last_number", "queue_day"])
    visit = RebateVisit.objects.create(
        market=market,
        event=event,
        day=today,
        number=event.last_number,
        token=ids.new_token(),
        key=key,
        taken_at=now,
    )
    audit.record(actor, "rebate.number", f"rebate:{event.pk}", number=visit.number)
    tell_desk(event=event)
    return visit
