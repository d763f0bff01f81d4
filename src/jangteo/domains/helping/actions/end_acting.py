"""The stall or the helper has had enough."""

from __future__ import annotations

from jangteo.domains.helping.actions.close_acting import close_acting
from jangteo.domains.helping.models import Acting
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_acting(*, market: Market, actor: Actor, stall_id: int) -> bool:
    """End at once whatever is done for this stall. False when nothing was."""
    rows = Acting.objects.select_for_update().filter(stall_id=stall_id, ended_at__isnull=True)
    acting = rows.first()
    if acting is None:
        return False
    over = acting.ends_at <= clock.now()
    close_acting(acting=acting, actor=actor, reason="time" if over else "helper" if actor.for_ref else "stall")
    return not over
