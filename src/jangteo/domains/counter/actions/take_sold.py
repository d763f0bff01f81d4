"""What was sold at the counter is gone from the count."""

from __future__ import annotations

from jangteo.domains.counter.models import CounterSale, SaleLine
from jangteo.domains.stock.actions.lock_stock import lock_stock
from jangteo.domains.stock.actions.take_stock import take_stock
from jangteo.kernel.action import step


@step
def take_sold(*, sale: CounterSale) -> None:
    """Take counted goods of the sale out of stock, as far as the count goes.

    They have left the stall already: a count that says there were fewer is wrong, and holds for paying customers stay.
    """
    lines = [line for line in SaleLine.objects.filter(sale=sale, good__isnull=False).order_by("pk") if not line.grams]
    if not lines:
        return
    items = lock_stock(good_ids={line.good_id for line in lines if line.good_id})
    left = {good_id: item.on_hand - item.held for good_id, item in items.items()}
    gone: dict[int, int] = {}
    for line in lines:
        if line.good_id in left:
            line.taken = min(line.quantity, left[line.good_id])
            left[line.good_id] -= line.taken
            gone[line.good_id] = gone.get(line.good_id, 0) + line.taken
    SaleLine.objects.bulk_update(lines, ["taken"])
    take_stock(quantities={good_id: count for good_id, count in gone.items() if count}, cause=f"sale:{sale.pk}")
