"""What every change of a stall's part begins with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from jangteo.domains.ordering.models import Line, Order, Shortfall, StallPart
from jangteo.kernel.action import step


@step
def lock_part(*, part_id: int) -> StallPart:
    """The part with its order, read under the order's lock: one lock for everything an order holds.

    Raises StallPart.DoesNotExist for a part outside the scope, so another stall's part cannot be touched.
    """
    order_id = StallPart.objects.values_list("order_id", flat=True).get(pk=part_id)
    order = Order.objects.select_for_update().get(pk=order_id)
    part = StallPart.objects.get(pk=part_id)
    part.order = order
    return part


def returnable(lines: QuerySet[Line] | Iterable[Line]) -> dict[int, int]:
    """Units that really left the stock, by good id: what a shortfall never had does not come back."""
    ordered = list(lines)
    short = dict(Shortfall.objects.filter(line__in=ordered).values_list("line_id", "quantity"))
    had = {line.good_id: _taken(line) - short.get(line.pk, 0) for line in ordered}
    return {good_id: units for good_id, units in had.items() if units > 0}


def _taken(line: Line) -> int:
    return line.quantity if line.taken is None else line.taken
