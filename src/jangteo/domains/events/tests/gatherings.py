"""Events with places, and people who want to come."""

from __future__ import annotations

import itertools
from datetime import timedelta

from jangteo.domains.events.actions.show_event import show_event
from jangteo.domains.events.actions.sign_up import sign_up
from jangteo.domains.events.actions.write_event import write_event
from jangteo.domains.events.models import Event, SignUp
from jangteo.domains.events.told import NewEvent, NewSignUp
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from tests.world import World

_keys = itertools.count()


def told(**changes: object) -> NewEvent:
    """A class tomorrow with two places."""
    starts = clock.now() + timedelta(days=1)
    facts: dict[str, object] = {
        "kind": "class",
        "title": "김장 교실",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "place": "고객지원센터 2층",
        "body": "앞치마, 고무장갑을 가져오세요.",
        "places": 2,
        **changes,
    }
    return NewEvent(**facts)  # type: ignore[arg-type]  # the table above is of several kinds


def event(world: World, **changes: object) -> Event:
    """One that customers see."""
    row = write_event(market=world.market, actor=SYSTEM, told=told(**changes))
    return show_event(market=world.market, actor=SYSTEM, event_id=row.pk, state=Event.State.SHOWN)


def comes(world: World, found: Event, *, people: int = 1, phone: str = "", key: str = "") -> SignUp:
    """Somebody with a number of their own."""
    n = next(_keys)
    person = NewSignUp("김하나", phone or f"0105555{n:04}", people)
    return sign_up(market=world.market, actor=SYSTEM, event_id=found.pk, told=person, key=key or f"sign-up-{n:06}")
