"""Holds that nobody ended in time free their money."""

from __future__ import annotations

from jangteo.domains.ledger.actions.end_hold import end_hold
from jangteo.domains.ledger.models import Hold
from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def expire_holds(*, market: Market, actor: Actor) -> int:
    """End every open hold of the market whose time is over. How many."""
    due = Hold.objects.filter(state=Hold.State.OPEN, expires_at__lte=clock.now()).order_by("account", "pk")
    keys = list(due.select_for_update(skip_locked=True).values_list("key", flat=True))
    for key in keys:
        end_hold(key=key, actor=actor, expired=True)
    return len(keys)
