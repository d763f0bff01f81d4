"""Somebody who practises looks at a page."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.practice.models import Sitting
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


# Not a deed of anybody, so that nothing is written into the log.
@action
def note_presence(*, market: Market, actor: Actor, sitting_id: int) -> None:
    """Customers go on coming for a while. `market` is the copy."""
    Sitting.objects.filter(pk=sitting_id).update(seen_at=clock.now())
