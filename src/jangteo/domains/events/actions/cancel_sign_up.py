"""Somebody does not come after all."""

from __future__ import annotations

from jangteo.domains.events.actions.lock_event import lock_event
from jangteo.domains.events.actions.move_up import move_up
from jangteo.domains.events.models import SignUp
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def cancel_sign_up(*, market: Market, actor: Actor, sign_up_id: int) -> SignUp:
    """The place goes to whoever waits longest. Cancelling twice changes nothing. Raises SignUp.DoesNotExist."""
    event_id = SignUp.objects.values_list("event_id", flat=True).get(pk=sign_up_id)
    event = lock_event(event_id=event_id)
    row = SignUp.objects.select_for_update(of=("self",)).get(pk=sign_up_id)
    if row.state == SignUp.State.CANCELLED:
        return row
    had_place = row.state == SignUp.State.IN
    row.state, row.changed_at = SignUp.State.CANCELLED, clock.now()
    row.save(update_fields=["state", "changed_at"])
    if had_place:
        event.taken -= row.people
        event.save(update_fields=["taken"])
    move_up(event=event, actor=actor)
    audit.record(actor, "event.sign_up_cancelled", f"event:{event.pk}", people=row.people)
    live.publish([live.News(f"market:{market.pk}", "event", {"event": event.pk})])
    return row
