"""A day of the book is over: its digest is kept."""

from __future__ import annotations

from datetime import date

from jangteo.domains.ledger.closing import book_hash
from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.freeze_book import freeze_book
from jangteo.domains.settlement.billing import is_over, midnight_after
from jangteo.domains.settlement.business_days import ONE_DAY
from jangteo.domains.settlement.errors import BreakUnowned, DayNotCompared, DayNotOver, DayOutOfOrder
from jangteo.domains.settlement.gateway_days import uncompared
from jangteo.domains.settlement.models import Break, DayClose
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def close_day(*, market: Market, actor: Actor, day: date) -> DayClose:
    """Close a Korean calendar day; again answers the row that is there. The first may be any day, then one by one.

    Raises DayNotOver, DayOutOfOrder, BreakUnowned while one of its breaks, or of a day before, is nobody's, and
    DayNotCompared while a gateway's money of the day stands against nothing.
    """
    freeze_book()
    closed = DayClose.objects.filter(day=day).first()
    if closed is not None:
        return closed
    if not is_over(day):
        raise DayNotOver(day=day.isoformat())
    before = DayClose.objects.order_by("-day").first()
    if before is not None and day != before.day + ONE_DAY:
        raise DayOutOfOrder(next=(before.day + ONE_DAY).isoformat())
    unowned = Break.objects.filter(state=Break.State.OPEN, owner="", day__lte=day).count()
    if unowned:
        raise BreakUnowned(day=day.isoformat(), count=unowned)
    gateways = uncompared(day)
    if gateways:
        raise DayNotCompared(day=day.isoformat(), gateways=", ".join(gateways))
    digest = book_hash(market.pk, midnight_after(day))
    row = DayClose.objects.create(market=market, day=day, digest=digest, actor_ref=actor.ref, at=clock.now())
    audit.record(actor, "day.closed", f"market:{market.pk}", day=day.isoformat())
    return row
