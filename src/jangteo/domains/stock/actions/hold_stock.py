"""Keep counted goods aside while the customer pays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from jangteo.domains.stock.actions.lock_stock import lock_stock
from jangteo.domains.stock.actions.write_counts import write_counts
from jangteo.domains.stock.errors import StockShort
from jangteo.domains.stock.models import StockHold
from jangteo.kernel import clock
from jangteo.kernel.action import step

HOLD_FOR = timedelta(minutes=10)


@step
def hold_stock(*, quantities: Mapping[int, int], cause: str) -> None:
    """Hold `quantities` (by good id) for ten minutes. Raises StockShort and changes nothing."""
    items = lock_stock(good_ids=quantities.keys())
    for good_id, item in items.items():
        left = item.on_hand - item.held
        if quantities[good_id] > left:
            raise StockShort(good_id=good_id, left=left)
        item.held += quantities[good_id]
    if not items:
        return
    write_counts(items=items.values())
    expires_at = clock.now() + HOLD_FOR
    StockHold.objects.bulk_create(
        StockHold(market_id=item.market_id, item=item, quantity=quantities[good_id], cause=cause, expires_at=expires_at)
        for good_id, item in items.items()
    )
