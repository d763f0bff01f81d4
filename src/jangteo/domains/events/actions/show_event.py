"""An event is put before customers, or called off."""

from __future__ import annotations

from jangteo.domains.events.actions.owe_notices import owe_notices
from jangteo.domains.events.errors import EventOver
from jangteo.domains.events.models import Event, SignUp, SignUpNotice
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

WAYS = {
    Event.State.DRAFT: (Event.State.SHOWN, Event.State.CALLED_OFF),
    Event.State.SHOWN: (Event.State.DRAFT, Event.State.CALLED_OFF),
    Event.State.CALLED_OFF: (Event.State.SHOWN,),
}
TOLD = {
    Event.State.CALLED_OFF: SignUpNotice.About.CALLED_OFF,
    Event.State.SHOWN: SignUpNotice.About.BACK_ON,
}


@action
def show_event(*, market: Market, actor: Actor, event_id: int, state: Event.State) -> Event:
    """Put it there, or take it back: all ways lead back. Called off it stays to be seen, with its sign-ups,
    whose people are told.

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
    alive = list(SignUp.objects.filter(event=event).exclude(state=SignUp.State.CANCELLED).order_by("pk"))
    if state in TOLD:
        owe_notices(event=event, about=TOLD[state], key=f"{TOLD[state]}:{event.revision}", rows=alive)
    live.publish(
        [
            live.News(f"market:{market.pk}", "event", {"event": event.pk}),
            *(live.News(f"sign_up:{row.pk}", "event", {"event": event.pk}) for row in alive),
        ]
    )
    return event


def _has_sign_ups(event: Event) -> bool:
    return SignUp.objects.filter(event=event).exclude(state=SignUp.State.CANCELLED).exists()
