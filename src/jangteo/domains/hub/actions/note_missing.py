"""없대요: a stall does not have what was ordered."""

from __future__ import annotations

from jangteo.domains.hub.actions.write_outcome import write_outcome
from jangteo.domains.hub.models import Missing
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.domains.ordering.errors import MoveNotAllowed
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import PART_IS_AT_WORK
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_missing(*, market: Market, actor: Actor, line_id: int) -> Missing:
    """Write it down, and give the money back at once where that is what the customer wished.

    The same again changes nothing. Raises MoveNotAllowed once the part is over, Line.DoesNotExist.
    """
    part = lock_part(part_id=Line.objects.values_list("part_id", flat=True).get(pk=line_id))
    line = Line.objects.get(pk=line_id)
    earlier = Missing.objects.filter(line=line).first()
    if earlier is not None:
        return earlier
    if part.state not in PART_IS_AT_WORK:
        raise MoveNotAllowed(was=part.state, became="missing")
    missing = Missing.objects.create(
        market=market,
        order=part.order,
        stall_id=part.stall_id,
        line=line,
        good_name=line.name,
        unit=line.unit,
        won=facts_of(line).most_won,
        wish=part.order.substitute,
        at=clock.now(),
    )
    audit.record(actor, "hub.missing", f"line:{line.pk}", number=part.order.number, name=line.name)
    if missing.wish == Order.Substitute.REFUND:
        write_outcome(missing=missing, part=part, good=None, actor=actor)
    live.publish([live.News(f"helpers:{market.pk}", "hub"), live.News(f"order:{part.order_id}", "hub")])
    return missing
