"""When the next invented customer comes."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.markets.models import Market
from jangteo.domains.practice.models import Sitting
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def expect_customer(*, market: Market, actor: Actor, sitting_id: int, at: datetime) -> None:
    """Set it. `market` is the copy."""
    Sitting.objects.filter(pk=sitting_id).update(next_at=at)
