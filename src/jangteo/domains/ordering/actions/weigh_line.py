"""What the scale says decides the price."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering import errors
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.models import Line
from jangteo.domains.ordering.rules import grams_within, line_amount
from jangteo.domains.ordering.states import PartState
from jangteo.kernel import audit, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_GRAMS = 200_000


@action
def weigh_line(*, market: Market, actor: Actor, line_id: int, grams: int, cap: bool = False) -> Line:
    """Set the final weight of a line of an accepted part; weighing again replaces it.

    Above the customer's ceiling it raises OverCeiling with the heaviest weight that fits, unless `cap` is given:
    then the stall gives the rest for nothing and the ceiling is charged.
    Raises BadGrams, NotAWeighedLine, MoveNotAllowed, Line.DoesNotExist.
    """
    if not 0 < grams <= MOST_GRAMS:
        raise errors.BadGrams(most=MOST_GRAMS)
    part = lock_part(part_id=Line.objects.values_list("part_id", flat=True).get(pk=line_id))
    line = Line.objects.get(pk=line_id)
    if line.price_grams is None or line.ceiling_won is None:
        raise errors.NotAWeighedLine
    if part.state != PartState.ACCEPTED:
        raise errors.MoveNotAllowed(was=part.state, became="weighed")
    amount = line_amount(price_won=line.price_won, price_grams=line.price_grams, quantity=line.quantity, grams=grams)
    if amount > line.ceiling_won and not cap:
        most = grams_within(price_won=line.price_won, price_grams=line.price_grams, ceiling_won=line.ceiling_won)
        raise errors.OverCeiling(name=line.name, amount_won=amount, ceiling_won=line.ceiling_won, most_grams=most)
    line.final_grams = grams
    line.capped = amount > line.ceiling_won
    line.save(update_fields=["final_grams", "capped"])
    audit.record(actor, "line.weighed", f"line:{line.pk}", grams=grams, number=part.order.number)
    live.publish(
        [
            live.News(f"order:{part.order_id}", "line_weighed", {"line": line.pk}),
            live.News(f"stall:{part.stall_id}", "line_weighed", {"part": part.pk}),
        ]
    )
    return line
