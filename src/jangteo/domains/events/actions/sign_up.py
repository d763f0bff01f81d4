"""Somebody wants to come."""

from __future__ import annotations

from jangteo.domains.events.actions.lock_event import lock_event
from jangteo.domains.events.errors import BadSignUp, EventOver, NoSignUp, PlacesGone, SignedUpBefore
from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.events.told import NewSignUp
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.wanted import plain_phone
from jangteo.kernel import audit, clock, ids, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_NAME = 20


@action
def sign_up(*, market: Market, actor: Actor, event_id: int, told: NewSignUp, key: str) -> SignUp:
    """A place, or a place among those who wait. The same key again gets the same one; one number signs up once.

    Raises ordering's BadPhone, BadSignUp, EventOver, NoSignUp, SignedUpBefore, PlacesGone, Event.DoesNotExist.
    """
    name, digits = told.name.strip(), plain_phone(told.phone)
    event = lock_event(event_id=event_id)
    earlier = SignUp.objects.filter(event=event, key=key).first()
    if earlier is not None:
        return earlier
    _check(event, told, name, key)
    if SignUp.objects.filter(event=event, phone=digits).exclude(state=SignUp.State.CANCELLED).exists():
        raise SignedUpBefore
    state, now = _state(event, told.people), clock.now()
    row = SignUp.objects.create(
        market=market,
        event=event,
        name=name,
        phone=digits,
        people=told.people,
        state=state,
        token=ids.new_token(),
        key=key,
        at=now,
        changed_at=now,
    )
    if state == SignUp.State.IN:
        event.taken += told.people
        event.save(update_fields=["taken"])
    audit.record(actor, f"event.sign_up_{state.value}", f"event:{event.pk}", people=told.people)
    live.publish([live.News(f"market:{market.pk}", "event", {"event": event.pk})])
    return row


def _check(event: Event, told: NewSignUp, name: str, key: str) -> None:
    if event.state != Event.State.SHOWN:
        raise EventOver
    if event.places is None or clock.now() >= event.starts_at:
        raise NoSignUp
    if not 0 < len(name) <= MOST_NAME or not 0 < told.people <= event.most_people or not 8 <= len(key) <= 100:
        raise BadSignUp(most=event.most_people)


def _state(event: Event, people: int) -> SignUp.State:
    """Whoever comes later than somebody who waits waits as well. Raises PlacesGone."""
    left = event.left or 0
    waits = SignUp.objects.filter(event=event, state=SignUp.State.WAITING).exists()
    if people <= left and not waits:
        return SignUp.State.IN
    if not event.has_waiting:
        raise PlacesGone(left=left)
    return SignUp.State.WAITING
