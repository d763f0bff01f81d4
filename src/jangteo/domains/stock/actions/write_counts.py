"""Write counts back that were changed in memory."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from jangteo.domains.stock.models import StockItem
from jangteo.kernel.action import step


@step
def write_counts(*, items: Iterable[StockItem]) -> None:
    """Write `on_hand` and `held` of locked rows. One statement however many; Django's own is three times as dear."""
    changed = list(items)
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stock_stockitem AS item SET on_hand = new.on_hand, held = new.held"
            " FROM unnest(%s::bigint[], %s::integer[], %s::integer[]) AS new (id, on_hand, held)"
            " WHERE item.id = new.id",
            [[i.pk for i in changed], [i.on_hand for i in changed], [i.held for i in changed]],
        )
