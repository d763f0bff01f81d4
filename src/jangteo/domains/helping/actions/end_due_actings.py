"""Thirty minutes are over: the ribbon goes by itself."""

from __future__ import annotations

from jangteo.domains.helping.actions.close_acting import close_acting
from jangteo.domains.helping.models import Acting
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_due_actings(*, market: Market, actor: Actor) -> int:
    """Close what has run out in this market; how many."""
    rows = Acting.objects.select_for_update().filter(ended_at__isnull=True, ends_at__lte=clock.now()).order_by("pk")
    due = list(rows)
    for acting in due:
        close_acting(acting=acting, actor=actor, reason="time")
    return len(due)
