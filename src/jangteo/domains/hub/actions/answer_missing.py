"""Somebody chose what is done about a missing good, or asked the customer."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.hub.actions.write_outcome import write_outcome
from jangteo.domains.hub.errors import SettledBefore
from jangteo.domains.hub.models import Missing, Outcome
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.lock_part import lock_part
from jangteo.kernel import live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def answer_missing(*, market: Market, actor: Actor, missing_id: int, good_id: int | None) -> Outcome:
    """`good_id` stands in, or None: the money goes back. The same again changes nothing.

    Raises SettledBefore where it was answered in another way, NotToSwap, StockShort, Missing.DoesNotExist.
    """
    missing = Missing.objects.select_related("line").get(pk=missing_id)
    part = lock_part(part_id=missing.line.part_id)
    earlier = Outcome.objects.filter(missing=missing).first()
    if earlier is not None:
        if earlier.good_id != good_id:
            raise SettledBefore
        return earlier
    good = None if good_id is None else Good.objects.get(pk=good_id)
    row = write_outcome(missing=missing, part=part, good=good, actor=actor)
    live.publish([live.News(f"helpers:{market.pk}", "hub"), live.News(f"order:{part.order_id}", "hub")])
    return row
