"""Everything that counts an event's places takes its turn here."""

from __future__ import annotations

from jangteo.domains.events.models import Event
from jangteo.kernel.action import step


@step
def lock_event(*, event_id: int) -> Event:
    """The event as it is now, nobody else's until the end of the action. Raises Event.DoesNotExist."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event_id)
