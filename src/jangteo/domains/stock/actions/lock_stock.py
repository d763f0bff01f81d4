"""Lock the counted goods of an order, always in the same sequence."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.stock.models import StockItem
from jangteo.kernel.action import step


@step
def lock_stock(*, good_ids: Collection[int]) -> dict[int, StockItem]:
    """The stock rows of these goods by good id, locked until commit. Goods that are not counted are absent.

    One statement in primary-key order: two baskets over the same goods in any order wait, and never deadlock.
    """
    rows = StockItem.objects.filter(good_id__in=good_ids).order_by("pk").select_for_update(of=("self",))
    return {item.good_id: item for item in rows}
