"""What couriers get for an order, from a day on."""

from __future__ import annotations

from datetime import date

from jangteo.domains.markets.models import Market
from jangteo.domains.rounds.errors import BadRate
from jangteo.domains.rounds.models import Rate
from jangteo.domains.rounds.rules import MOST_RATE_WON
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def write_rate(*, market: Market, actor: Actor, starts: date, stop_won: int) -> Rate:
    """From that day on; what was brought before keeps its pay. Raises BadRate, NeverForAnother."""
    audit.in_person(actor)
    if not 0 <= stop_won <= MOST_RATE_WON or starts < clock.calendar_day():
        raise BadRate
    row = Rate.objects.create(market=market, starts=starts, stop_won=stop_won, written_at=clock.now())
    audit.record(actor, "courier.rate", f"market:{market.pk}", stop_won=stop_won, starts=starts.isoformat())
    return row
