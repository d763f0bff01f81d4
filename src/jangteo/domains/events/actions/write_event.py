"""The association writes an event down, or writes it anew."""

from __future__ import annotations

from jangteo.domains.events.actions.move_up import move_up
from jangteo.domains.events.actions.owe_notices import owe_notices
from jangteo.domains.events.errors import BadEvent, EventOver, FewerPlaces
from jangteo.domains.events.models import Event, SignUp, SignUpNotice
from jangteo.domains.events.told import NewEvent
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_PLACES = 10_000
MOST_PEOPLE = 10
LONGEST_DAYS = 60


@action
def write_event(*, market: Market, actor: Actor, told: NewEvent, event_id: int | None = None) -> Event:
    """A new one is a draft that nobody sees. More places let those who wait move up; another time or place is told.

    Raises BadEvent, FewerPlaces, EventOver for one that was called off, Event.DoesNotExist.
    """
    _check(told)
    now = clock.now()
    event = Event(market=market, state=Event.State.DRAFT, made_at=now)
    if event_id is not None:
        event = Event.objects.select_for_update(of=("self",)).get(pk=event_id)
        if event.state == Event.State.CALLED_OFF:
            raise EventOver
        event.revision += 1
    if told.places is not None and told.places < event.taken:
        raise FewerPlaces(taken=event.taken)
    before = (event.starts_at, event.ends_at, event.place)
    for name in ("kind", "starts_at", "ends_at", "places", "most_people", "has_waiting", "coupon_id", "photo"):
        setattr(event, name, getattr(told, name))
    event.title, event.body, event.place = told.title.strip(), told.body.strip(), told.place.strip()
    event.changed_at = now
    event.save()
    event.stalls.set(Stall.objects.filter(pk__in=told.stall_ids))
    if event_id is not None and before != (event.starts_at, event.ends_at, event.place):
        _tell_change(event)
    move_up(event=event, actor=actor)
    audit.record(actor, "event.written", f"event:{event.pk}", kind=event.kind)
    live.publish([live.News(f"market:{market.pk}", "event", {"event": event.pk})])
    return event


def _tell_change(event: Event) -> None:
    rows = list(SignUp.objects.filter(event=event).exclude(state=SignUp.State.CANCELLED).order_by("pk"))
    owe_notices(event=event, about=SignUpNotice.About.CHANGED, key=f"changed:{event.revision}", rows=rows)


def _check(told: NewEvent) -> None:
    fields = {
        "kind": told.kind in Event.Kind.values,
        "title": 0 < len(told.title.strip()) <= 40,
        "body": len(told.body.strip()) <= 600,
        "place": len(told.place.strip()) <= 60,
        "ends_at": told.starts_at < told.ends_at and (told.ends_at - told.starts_at).days < LONGEST_DAYS,
        "places": told.places is None or 0 < told.places <= MOST_PLACES,
        "most_people": 0 < told.most_people <= MOST_PEOPLE,
    }
    for name, holds in fields.items():
        if not holds:
            raise BadEvent(field=name)
