"""Lock the counted goods of an order, always in the same sequence."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.stock.models import StockItem
from jangteo.kernel.action import step
from jangteo.kernel.rows import Columns, Query

_LOCKED = Query(
    [Columns(StockItem, "item")],
    "FROM stock_stockitem item WHERE item.good_id = ANY(%(ids)s) AND {scope} ORDER BY item.id FOR UPDATE",
    market="item.market_id",
)


@step
def lock_stock(*, good_ids: Collection[int]) -> dict[int, StockItem]:
    """The stock rows of these goods by good id, locked until commit. Goods that are not counted are absent.

    One statement in primary-key order: two baskets over the same goods in any order wait, and never deadlock.
    """
    return {item.good_id: item for (item,) in _LOCKED.rows(ids=list(good_ids))}
