"""Effects that nobody tries any more."""

from __future__ import annotations

from jangteo.kernel.models import OutboxRow
from jangteo.kernel.tenancy import current


def stuck_effects(most: int = 50) -> list[OutboxRow]:
    """Effects of the market in scope that were given up after many tries, oldest first."""
    stuck = OutboxRow.objects.filter(market_id=current().market_id, status=OutboxRow.Status.STUCK)
    return list(stuck.order_by("pk")[:most])
