"""What is left to sell."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, OuterRef, Subquery

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import shown_goods
from jangteo.domains.stock.models import StockItem


def left_of(good_ids: Collection[int]) -> dict[int, int]:
    """Units that can still be ordered, by good id. Goods that are not counted are absent."""
    rows = StockItem.objects.filter(good_id__in=good_ids)
    return dict(rows.values_list("good_id", F("on_hand") - F("held")))


def goods_with_left(good_ids: Collection[int]) -> dict[int, tuple[Good, int | None]]:
    """Goods shown to shoppers, each with the units that can still be ordered (None: not counted), in one query.

    Gone goods are absent.
    """
    if not good_ids:
        return {}
    rows = shown_goods().filter(pk__in=good_ids).order_by()
    left = StockItem.objects.filter(good=OuterRef("pk")).values(left=F("on_hand") - F("held"))
    return {good.pk: (good, good.left) for good in rows.annotate(left=Subquery(left))}


def counts_of(good_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Units that can still be ordered and units held for checkouts, by good id. Uncounted goods are absent."""
    rows = StockItem.objects.filter(good_id__in=good_ids)
    return {item.good_id: (item.on_hand - item.held, item.held) for item in rows}
