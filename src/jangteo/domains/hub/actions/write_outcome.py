"""What became of a missing good."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.hub.actions.settle_parcel import settle_parcel
from jangteo.domains.hub.errors import NotToSwap
from jangteo.domains.hub.models import Missing, Outcome
from jangteo.domains.hub.queries import may_stand_in
from jangteo.domains.hub.rules import swapped_price
from jangteo.domains.ordering.actions.lose_line import lose_line
from jangteo.domains.ordering.actions.swap_line import swap_line
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.kernel import audit, clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

What = Outcome.What


@step
def write_outcome(*, missing: Missing, part: StallPart, good: Good | None, actor: Actor) -> Outcome:
    """Pay back (`good` None) or put `good` in its place. `part` is locked with its order.

    Never dearer: where the other good costs more the customer pays as before, where it costs less the rest goes back.
    Raises NotToSwap, StockShort, MoveNotAllowed.
    """
    line = Line.objects.select_related("good").get(pk=missing.line_id)
    row = Outcome(missing=missing, market_id=missing.market_id, actor_ref=actor.ref, at=clock.now())
    if good is None:
        row.what = What.REFUND
        lose_line(part=part, line=line, actor=actor)
    else:
        if not may_stand_in(good, line):
            raise NotToSwap(name=good.name)
        price_won = swapped_price(most_won=missing.won, quantity=line.quantity, price_won=good.price_won)
        line = swap_line(part=part, line=line, good=good, price_won=price_won, actor=actor)
        row.what, row.good, row.good_name, row.won = What.SWAP, good, good.name, facts_of(line).due_won
    row.save()
    audit.record(actor, f"hub.outcome_{row.what}", f"line:{line.pk}", number=part.order.number, name=missing.good_name)
    settle_parcel(order=part.order, actor=actor)
    return row
