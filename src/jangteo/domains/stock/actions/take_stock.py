"""Sell counted goods at once."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.stock.actions.lock_stock import lock_stock
from jangteo.domains.stock.actions.write_counts import write_counts
from jangteo.domains.stock.errors import StockShort
from jangteo.domains.stock.models import StockItem, StockMovement
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def take_stock(*, quantities: Mapping[int, int], cause: str) -> None:
    """Take `quantities` (by good id) out of stock for `cause` ("order:…"). Raises StockShort and changes nothing."""
    items = lock_stock(good_ids=quantities.keys())
    for good_id, item in items.items():
        left = item.on_hand - item.held
        if quantities[good_id] > left:
            raise StockShort(good_id=good_id, left=left)
    move_stock(items, {good_id: -quantities[good_id] for good_id in items}, StockMovement.Reason.SOLD, cause)


def move_stock(
    items: Mapping[int, StockItem], deltas: Mapping[int, int], reason: StockMovement.Reason, cause: str
) -> None:
    """Change locked rows and write why. Two statements however many goods."""
    if not deltas:
        return
    for good_id, delta in deltas.items():
        items[good_id].on_hand += delta
    changed = [items[good_id] for good_id in deltas]
    write_counts(items=changed)
    moment = clock.now()
    StockMovement.objects.bulk_create(
        StockMovement(
            market_id=item.market_id, item=item, delta=deltas[item.good_id], reason=reason, cause=cause, at=moment
        )
        for item in changed
    )
