"""A sale at the counter was given back whole: its goods are there again."""

from __future__ import annotations

from jangteo.domains.counter.models import CounterSale, SaleLine
from jangteo.domains.stock.actions.return_stock import return_stock
from jangteo.kernel.action import step


@step
def return_sold(*, sale: CounterSale) -> None:
    """Put back what the sale had taken out of stock."""
    lines = list(SaleLine.objects.filter(sale=sale, taken__gt=0))
    if not lines:
        return
    back: dict[int, int] = {}
    for line in lines:
        if line.good_id and line.taken:
            back[line.good_id] = back.get(line.good_id, 0) + line.taken
            line.taken = 0
    SaleLine.objects.bulk_update(lines, ["taken"])
    return_stock(quantities=back, cause=f"sale:{sale.pk}")
