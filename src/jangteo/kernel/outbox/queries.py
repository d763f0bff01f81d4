"""Effects that nobody tries any more."""

from __future__ import annotations

from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import OutOfScope, current


def stuck_effects(most: int = 50) -> list[OutboxRow]:
    """Effects of the market in scope that were given up after many tries, oldest first."""
    market_id = current().market_id
    if market_id is None:
        raise OutOfScope("stuck effects are looked at market by market")
    stuck = OutboxRow.objects.filter(market_id=market_id, status=OutboxRow.Status.STUCK)
    return list(stuck.order_by("pk")[:most])
