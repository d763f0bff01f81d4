"""Another good stands in for one that is not there."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.errors import MoveNotAllowed
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import PART_IS_AT_WORK
from jangteo.domains.stock.actions.take_stock import take_stock
from jangteo.kernel import live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def swap_line(*, part: StallPart, line: Line, good: Good, price_won: int, actor: Actor) -> Line:
    """Write the good into the line at so many won apiece; what the line gets cheaper goes back. `part` is locked.

    The caller has seen to it that the line gets no dearer. Nothing of what was not there returns to the stock.
    Raises StockShort, MoveNotAllowed once it is over.
    """
    if part.state not in PART_IS_AT_WORK:
        raise MoveNotAllowed(was=part.state, became="swapped")
    take_stock(quantities={good.pk: line.quantity}, cause=f"order:{part.order.ref}")
    most_won = facts_of(line).most_won
    line.good, line.name, line.unit, line.origin = good, good.name, good.unit, good.origin
    line.price_won, line.taken, line.seen_won = price_won, None, None
    line.price_grams = line.unit_grams = line.ceiling_won = line.final_grams = None
    line.capped = False
    line.save()
    back_won = most_won - facts_of(line).due_won
    if back_won > 0:
        give_back_lines(order=part.order, wons={line.pk: back_won}, reason=f"line_{line.pk}_swapped", actor=actor)
    stall = live.News(f"stall:{part.stall_id}", "line_swapped")
    live.publish([live.News(f"order:{part.order_id}", "line_swapped"), stall])
    return line
