"""A stop goes forward."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.rounds.models import Stop, StopMove
from jangteo.domains.rounds.states import RANK, STOP_TRANSITIONS, StopState
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def move_stop(*, stop: Stop, to: StopState, at: datetime, actor: Actor) -> bool:
    """Write the step of a locked stop and its history; False where it stands there or beyond already.

    Raises ValueError for a stop that has ended in another way.
    """
    if stop.state == to or (to in RANK and RANK.get(StopState(stop.state), len(RANK)) > RANK[to]):
        return False
    if to not in STOP_TRANSITIONS[stop.state]:
        raise ValueError(f"{stop.state} to {to}")
    now = clock.now()
    pressed = min(max(at, stop.changed_at), now)
    StopMove.objects.create(market_id=stop.market_id, stop=stop, was=stop.state, became=to, at=pressed, kept_at=now)
    stop.state, stop.changed_at = to, pressed
    stop.save(update_fields=["state", "changed_at", "photo", "why"])
    audit.record(actor, f"stop.{to}", f"stop:{stop.pk}", order=stop.order_id)
    live.publish([live.News(f"order:{stop.order_id}", "stop"), live.News(f"market:{stop.market_id}", "wave")])
    return True
