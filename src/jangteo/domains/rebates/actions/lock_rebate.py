"""Everything that moves an event's queue, money or paper takes its turn here."""

from __future__ import annotations

from jangteo.domains.rebates.models import RebateEvent
from jangteo.kernel.action import step


@step
def lock_rebate(*, event_id: int) -> RebateEvent:
    """The event as it is now, nobody else's until the end of the action. Raises RebateEvent.DoesNotExist."""
    return RebateEvent.objects.select_for_update(of=("self",)).get(pk=event_id)
