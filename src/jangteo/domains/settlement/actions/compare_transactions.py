"""A gateway's movements against the book."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import time

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.open_breaks import Found, open_breaks
from jangteo.domains.settlement.billing import Period, midnight_after, terms_of
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.gateway_book import booked, lines_between, lines_by_key
from jangteo.domains.settlement.reconcile.comparing import Break, Comparison, Movement
from jangteo.domains.settlement.sales import ORDER
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def compare_transactions(
    *, market: Market, gateway: str, told: Sequence[Movement], days: Period, refs: Set[str] | None = None
) -> int:
    """Open breaks of movements on these days; how many are new.

    `told` should reach a little beyond the days on both sides: we book a moment, or hours, after the gateway, and what
    it knows of another day is not missing there. With `refs` it tells of these orders only.
    """
    terms = terms_of(market)
    keys = {one.key for one in told}
    in_days = lines_between(gateway, clock.korean(days.first, time(0)), midnight_after(days.last))
    if refs is not None:
        in_days = in_days.filter(entry__cause__in=[f"{ORDER}{ref}" for ref in refs])
    lines = {row.pk: row for row in (*lines_by_key(gateway, keys), *in_days)}
    here = booked(gateway, terms, lines.values())
    found = Comparison("gateway_transactions", korean_date(clock.now())).amounts(here, told)
    return open_breaks(market_id=market.pk, found=[Found(one, gateway) for one in found if _is_in(days, one)])


def _is_in(days: Period, one: Break) -> bool:
    return one.day is not None and days.first <= one.day <= days.last
