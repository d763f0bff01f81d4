"""An event is put before customers, or called off."""

from __future__ import annotations

from jangteo.domains.events.errors import EventOver
from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

WAYS = {
    Event.State.DRAFT: (Event.State.SHOWN, Event.State.CALLED_OFF),
    Event.State.SHOWN: (Event.State.DRAFT, Event.State.CALLED_OFF),
    Event.State.CALLED_OFF: (Event.State.SHOWN,),
}


@action
def show_event(*, market: Market, actor: Actor, event_id: int, state: Event.State) -> Event:
    """Put it there, or take it back: all ways lead back. Called off it stays to be seen, with its sign-ups.

    Back to a draft only while nobody has signed up. Raises Event.DoesNotExist, EventOver.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event_id)
    if event.state == state:
        return event
    if state not in WAYS[Event.State(event.state)] or (state == Event.State.DRAFT and _has_sign_ups(event)):
        raise EventOver
    event.state, event.changed_at, event.revision = state, clock.now(), event.revision + 1
    event.save(update_fields=["state", "changed_at", "revision"])
    audit.record(actor, f"event.{state.value}", f"event:{event.pk}")
    alive = SignUp.objects.filter(event=event).exclude(state=SignUp.State.CANCELLED)
    live.publish(
        [
            live.News(f"market:{market.pk}", "event", {"event": event.pk}),
            *(live.News(f"sign_up:{pk}", "event", {"event": event.pk}) for pk in alive.values_list("pk", flat=True)),
        ]
    )
    return event


def _has_sign_ups(event: Event) -> bool:
    return SignUp.objects.filter(event=event).exclude(state=SignUp.State.CANCELLED).exists()
