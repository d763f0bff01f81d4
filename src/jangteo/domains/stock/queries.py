"""What is left to sell."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Kind, Stall
from jangteo.domains.stock.models import StockItem
from jangteo.kernel import clock
from jangteo.kernel.rows import Columns, Query

_GOODS_WITH_LEFT = Query(
    [Columns(Good, "good"), Columns(Stall, "stall"), Columns(Kind, "kind"), "item.on_hand - item.held"],
    """
    FROM catalog_good good
    JOIN markets_stall stall ON stall.id = good.stall_id
    JOIN markets_kind kind ON kind.id = good.kind_id
    LEFT JOIN stock_stockitem item ON item.good_id = good.id
    WHERE good.id = ANY(%(ids)s) AND good.state <> %(hidden)s
        AND (good.price_until IS NULL OR good.price_until > %(now)s) AND {scope}
    """,
    market="good.market_id",
    stall="good.stall_id",
)


def left_of(good_ids: Collection[int]) -> dict[int, int]:
    """Units that can still be ordered, by good id. Goods that are not counted are absent."""
    rows = StockItem.objects.filter(good_id__in=good_ids)
    return dict(rows.values_list("good_id", F("on_hand") - F("held")))


def goods_with_left(good_ids: Collection[int]) -> dict[int, tuple[Good, int | None]]:
    """Goods shown to shoppers, each with the units that can still be ordered (None: not counted), in one query.

    Gone goods are absent. Every press at the basket asks this, so its SQL is written by hand.
    """
    if not good_ids:
        return {}
    found = {}
    rows = _GOODS_WITH_LEFT.rows(ids=list(good_ids), hidden=Good.State.HIDDEN, now=clock.now())
    for good, good.stall, good.kind, left in rows:
        found[good.pk] = (good, left)
    return found


def counts_of(good_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Units that can still be ordered and units held for checkouts, by good id. Uncounted goods are absent."""
    rows = StockItem.objects.filter(good_id__in=good_ids)
    return {item.good_id: (item.on_hand - item.held, item.held) for item in rows}
