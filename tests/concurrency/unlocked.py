"""The pages with the locks on stock switched off, and time between looking at a count and writing it.

The control of the experiment: a crowd that oversells nothing here would prove nothing about the locks.
"""

from __future__ import annotations

import time
from collections.abc import Collection

from jangteo.project.wsgi import application

# isort: split
# After what sets Django up.
from jangteo.domains.stock.actions import hold_stock, take_stock
from jangteo.domains.stock.models import StockItem

PAUSE_S = 0.05


def look_at_stock(*, good_ids: Collection[int]) -> dict[int, StockItem]:
    """What `lock_stock` answers, without its lock."""
    items = {item.good_id: item for item in StockItem.objects.filter(good_id__in=good_ids)}
    time.sleep(PAUSE_S)
    return items


for step in (take_stock, hold_stock):
    step.lock_stock = look_at_stock  # type: ignore[attr-defined]  # imported there, not offered from there

__all__ = ["application"]
