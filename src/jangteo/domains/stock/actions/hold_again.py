"""Goods that were sold are kept aside once more, because their money went away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from jangteo.domains.stock.actions.lock_stock import lock_stock
from jangteo.domains.stock.actions.return_stock import return_stock
from jangteo.domains.stock.actions.write_counts import write_counts
from jangteo.domains.stock.models import StockHold
from jangteo.kernel.action import step


@step
def hold_again(*, quantities: Mapping[int, int], cause: str, until: datetime) -> None:
    """Take `quantities` (by good id) that `cause` was sold back on the shelf and hold them for it."""
    return_stock(quantities=quantities, cause=cause)
    items = lock_stock(good_ids=quantities.keys())
    for good_id, item in items.items():
        item.held += quantities[good_id]
    write_counts(items=items.values())
    StockHold.objects.bulk_create(
        (
            StockHold(market_id=item.market_id, item=item, quantity=quantities[good_id], cause=cause, expires_at=until)
            for good_id, item in items.items()
        ),
        update_conflicts=True,
        unique_fields=["item", "cause"],
        update_fields=["quantity", "expires_at", "state"],
    )
