"""Write counts back that were changed in memory."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from jangteo.domains.stock.actions.tell_left import tell_left
from jangteo.domains.stock.models import StockItem
from jangteo.kernel.action import step


@step
def write_counts(*, items: Iterable[StockItem]) -> None:
    """Write `on_hand` and `held` of locked rows. One statement however many; Django's own is three times as dear.

    Screens hear of goods that ran out by it, or are there again.
    """
    changed = list(items)
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE stock_stockitem AS item SET on_hand = new.on_hand, held = new.held"
            " FROM unnest(%s::bigint[], %s::integer[], %s::integer[]) AS new (id, on_hand, held)"
            " JOIN stock_stockitem AS old ON old.id = new.id"
            " WHERE item.id = new.id"
            " RETURNING item.good_id, (old.on_hand > old.held) <> (item.on_hand > item.held)",
            [[i.pk for i in changed], [i.on_hand for i in changed], [i.held for i in changed]],
        )
        turned = {good_id for good_id, has_turned in cursor.fetchall() if has_turned}
    if turned:
        tell_left(items=[item for item in changed if item.good_id in turned])
