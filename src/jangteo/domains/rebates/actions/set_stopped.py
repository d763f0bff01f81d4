"""The association stops an event, or lets it go on."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_rebate import lock_rebate
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.models import RebateEvent
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def set_stopped(*, market: Market, actor: Actor, event_id: int, stopped: bool) -> RebateEvent:
    """Stopped: nobody gets a number or a voucher any more. Asking for what is there changes nothing."""
    event = lock_rebate(event_id=event_id)
    if (event.stopped_at is not None) == stopped:
        return event
    event.stopped_at = clock.now() if stopped else None
    event.save(update_fields=["stopped_at"])
    audit.record(actor, "rebate.stopped" if stopped else "rebate.goes_on", f"rebate:{event.pk}")
    tell_desk(event=event, board=True)
    return event
