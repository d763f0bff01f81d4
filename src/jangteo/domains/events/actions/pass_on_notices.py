"""What people who signed up are to be told is handed to whoever tells it."""

from __future__ import annotations

from jangteo.domains.events.models import SignUpNotice
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit

AT_ONCE = 200


@action
def pass_on_notices(*, market: Market, actor: Actor) -> int:
    """Queue those that are due; the same is queued once, however often this runs. How many are new."""
    due = SignUpNotice.objects.filter(state=SignUpNotice.State.WAITING, due_at__lte=clock.now()).order_by(
        "due_at", "pk"
    )
    ids = due.values_list("pk", flat=True)[:AT_ONCE]
    return sum(emit("event.tell", key=f"event.tell:{pk}", notice_id=pk) for pk in ids)
