"""What is left to sell."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F

from jangteo.domains.stock.models import StockItem


def left_of(good_ids: Collection[int]) -> dict[int, int]:
    """Units that can still be ordered, by good id. Goods that are not counted are absent."""
    rows = StockItem.objects.filter(good_id__in=good_ids)
    return dict(rows.values_list("good_id", F("on_hand") - F("held")))


def counts_of(good_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Units that can still be ordered and units held for checkouts, by good id. Uncounted goods are absent."""
    rows = StockItem.objects.filter(good_id__in=good_ids)
    return {item.good_id: (item.on_hand - item.held, item.held) for item in rows}
