"""Purchases that this program knows of are laid on a visit's table."""

from __future__ import annotations

from collections.abc import Iterable

from jangteo.domains.rebates.models import CountedReceipt, RebateVisit, TableReceipt
from jangteo.domains.rebates.purchases import Purchase
from jangteo.kernel.action import step


@step
def lay_receipts(*, visit: RebateVisit, purchases: Iterable[Purchase]) -> list[TableReceipt]:
    """Those that were never counted; one that lies there already is made anew. What was counted before stays away."""
    found = [bought for bought in purchases if bought.total_won > 0]
    used = CountedReceipt.objects.filter(key__in=[bought.key for bought in found], freed_at=None)
    counted = frozenset(used.values_list("key", flat=True))
    fresh = [bought for bought in found if bought.key not in counted]
    TableReceipt.objects.filter(visit=visit, key__in=[bought.key for bought in fresh]).delete()
    return [
        TableReceipt.objects.create(
            market_id=visit.market_id,
            visit=visit,
            stall=bought.stall,
            source=bought.source,
            key=bought.key,
            bought_at=bought.bought_at,
            total_won=bought.total_won,
            agri_won=bought.won["agri"],
            fish_won=bought.won["fish"],
            left_out=bought.left_out,
            checked=True,
        )
        for bought in fresh
    ]
