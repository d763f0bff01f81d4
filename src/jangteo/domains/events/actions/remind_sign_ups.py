"""An event is tomorrow."""

from __future__ import annotations

from datetime import time

from jangteo.domains.events.actions.lock_event import lock_event
from jangteo.domains.events.actions.owe_notices import owe_notices
from jangteo.domains.events.models import Event, SignUp, SignUpNotice
from jangteo.domains.events.notices import is_reminded_now, reminder_key
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def remind_sign_ups(*, market: Market, actor: Actor, event_id: int) -> int:
    """Owe a reminder to everybody who has a place and has not signed up today, once. How many."""
    event = lock_event(event_id=event_id)
    now = clock.now()
    if event.state != Event.State.SHOWN or not is_reminded_now(event, now):
        return 0
    key, today = reminder_key(event), clock.korean(clock.calendar_day(), time())
    rows = SignUp.objects.filter(event=event, state=SignUp.State.IN, at__lt=today).exclude(notices__key=key)
    count = owe_notices(event=event, about=SignUpNotice.About.REMINDER, key=key, rows=list(rows.order_by("pk")))
    if count:
        audit.record(actor, "event.reminded", f"event:{event.pk}", people=count)
    return count
