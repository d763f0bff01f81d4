"""Somebody says that texts have arrived: their sender is asked."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.markets.models import Market
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit

# Reports come in crowds: one asking is for all of so long, and what comes after it is fetched with the next round.
ONE_IN = timedelta(minutes=1)


@action
def ask_reports(*, market: Market, actor: Actor) -> bool:
    """Queue it, once a minute. False where it was before."""
    slot = int(clock.now().timestamp() // ONE_IN.total_seconds())
    return emit("campaign.reports", key=f"campaign.reports:{market.pk}:{slot}")
