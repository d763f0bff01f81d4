"""Sign-ups of a person who wants to be forgotten."""

from __future__ import annotations

from jangteo.domains.events.actions.lock_event import lock_event
from jangteo.domains.events.actions.move_up import move_up
from jangteo.domains.events.models import SignUp
from jangteo.kernel import clock, ids
from jangteo.kernel.action import step
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Nobody comes who is not known any more: places of what is still to be go to whoever waits."""
    if not person.phone:
        return [Forgotten("events", 0)]
    found = SignUp.objects.filter(phone=person.phone).order_by("event_id", "pk").values_list("event_id", "pk")
    rows = list(found)
    for event_id, pk in rows:
        _forget(event_id, pk)
    return [Forgotten("events", len(rows))]


def _forget(event_id: int, pk: int) -> None:
    event = lock_event(event_id=event_id)
    row = SignUp.objects.select_for_update(of=("self",)).get(pk=pk)
    was, is_over = row.state, event.ends_at <= clock.now()
    row.name, row.phone, row.token, row.changed_at = "", "", ids.new_token(), clock.now()
    if not is_over:
        row.state = SignUp.State.CANCELLED
    row.save(update_fields=["name", "phone", "token", "state", "changed_at"])
    if was == SignUp.State.IN and not is_over:
        event.taken -= row.people
        event.save(update_fields=["taken"])
        move_up(event=event, actor=SYSTEM)
