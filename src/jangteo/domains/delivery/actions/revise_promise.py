"""An order will come at another time than was promised, and its customer is told so."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.delivery.errors import BadPromise, NothingPromised
from jangteo.domains.delivery.models import Promise, Seat
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def revise_promise(
    *, market: Market, actor: Actor, order_id: int, span: tuple[datetime, datetime], why: Promise.Why
) -> Promise:
    """What was said before stays readable. The same words again change nothing. Raises BadPromise, NothingPromised."""
    from_at, until_at = span
    if not from_at < until_at or until_at <= clock.now() or why == Promise.Why.FIRST:
        raise BadPromise
    seat = Seat.objects.select_for_update().filter(order_id=order_id, freed_at=None).first()
    if seat is None:
        raise NothingPromised
    last = Promise.objects.filter(order_id=order_id).order_by("-pk").first()
    if last is not None and (last.from_at, last.until_at, last.why) == (from_at, until_at, why):
        return last
    row = Promise.objects.create(
        market=market, order_id=order_id, from_at=from_at, until_at=until_at, why=why, said_at=clock.now()
    )
    audit.record(actor, "promise.revised", f"order:{order_id}", why=why.value)
    live.publish([live.News(f"order:{order_id}", "promise"), live.News(f"market:{market.pk}", "wave")])
    return row
