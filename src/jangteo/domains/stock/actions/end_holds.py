"""A checkout is over: its held goods are sold or go back on the shelf."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.stock.actions.lock_stock import lock_stock
from jangteo.domains.stock.actions.take_stock import move_stock
from jangteo.domains.stock.actions.write_counts import write_counts
from jangteo.domains.stock.models import StockHold, StockMovement
from jangteo.kernel.action import step


@step
def end_holds(*, cause: str, wanted: Mapping[int, int]) -> dict[int, int]:
    """End the open holds of `cause`; sell `wanted` (by good id) and free the rest.

    What was held is sold from the hold. What was freed in the meantime is sold if it is still there.
    Returns what is missing by good id: empty when all was there. Stock never goes below zero.
    """
    held_goods = StockHold.objects.filter(cause=cause).values_list("item__good_id", flat=True)
    items = lock_stock(good_ids=set(wanted) | set(held_goods))
    by_item = {item.pk: item for item in items.values()}
    holds = list(StockHold.objects.filter(cause=cause, state=StockHold.State.OPEN))
    for hold in holds:
        by_item[hold.item_id].held -= hold.quantity
        sold = by_item[hold.item_id].good_id in wanted
        hold.state = StockHold.State.TAKEN if sold else StockHold.State.RELEASED
    StockHold.objects.bulk_update(holds, ["state"])
    if not wanted:
        write_counts(items=items.values())
        return {}
    missing: dict[int, int] = {}
    deltas: dict[int, int] = {}
    for good_id, quantity in wanted.items():
        if (item := items.get(good_id)) is None:
            continue
        takes = min(quantity, item.on_hand - item.held)
        if takes:
            deltas[good_id] = -takes
        if takes < quantity:
            missing[good_id] = quantity - takes
    untouched = [item for good_id, item in items.items() if good_id not in deltas]
    write_counts(items=untouched)
    move_stock(items, deltas, StockMovement.Reason.SOLD, cause)
    return missing
