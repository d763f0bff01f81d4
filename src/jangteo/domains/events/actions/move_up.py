"""Places that became free go to those who wait, in their order."""

from __future__ import annotations

from jangteo.domains.events.actions.owe_notices import owe_notices
from jangteo.domains.events.models import Event, SignUp, SignUpNotice
from jangteo.domains.events.rules import who_moves_up
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def move_up(*, event: Event, actor: Actor) -> list[SignUp]:
    """`event` is locked by the caller. Each who moved up sees it on their page at once, and is told."""
    waiting = SignUp.objects.select_for_update(of=("self",)).filter(event=event, state=SignUp.State.WAITING)
    rows = {row.pk: row for row in waiting.order_by("pk")}
    left = event.left if event.left is not None else sum(row.people for row in rows.values())
    up = [rows[pk] for pk in who_moves_up([(row.pk, row.people) for row in rows.values()], left)]
    for row in up:
        row.state, row.changed_at = SignUp.State.IN, clock.now()
        row.save(update_fields=["state", "changed_at"])
        audit.record(actor, "event.moved_up", f"event:{event.pk}", people=row.people)
    if up:
        event.taken += sum(row.people for row in up)
        event.save(update_fields=["taken"])
        owe_notices(event=event, about=SignUpNotice.About.MOVED_UP, key="moved_up", rows=up)
        live.publish(live.News(f"sign_up:{row.pk}", "event", {"event": event.pk}) for row in up)
    return up
