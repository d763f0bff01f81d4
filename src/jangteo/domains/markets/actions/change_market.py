"""What a market says of itself: its line, its telephone, its hours and the days it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.errors import BadMarket
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import look_again
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_SLOGAN = 60
MOST_PHONE = 20


@dataclass(frozen=True, slots=True)
class MarketFacts:
    """Hours are Korean wall-clock time within one day."""

    slogan: str
    phone: str
    opens_at: time
    closes_at: time
    cycle: Cycle


@action
def change_market(*, market: Market, actor: Actor, facts: MarketFacts) -> Market:
    """Write the facts down. Stalls that kept the market's hours go on keeping them. Raises BadMarket."""
    _check(facts)
    market = Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    values: dict[str, object] = {
        "slogan": facts.slogan.strip(),
        "phone": facts.phone.strip(),
        "opens_at": facts.opens_at,
        "closes_at": facts.closes_at,
        "cycle": dict(facts.cycle.to_json()),
    }
    changed = [column for column, value in values.items() if getattr(market, column) != value]
    if changed:
        _follow(market, facts)
        for column in changed:
            setattr(market, column, values[column])
        market.save(update_fields=changed)
        look_again(market.slug)
        audit.record(actor, "market.changed", f"market:{market.pk}", fields=",".join(changed))
    return market


def _check(facts: MarketFacts) -> None:
    for field, text, most in (("slogan", facts.slogan, MOST_SLOGAN), ("phone", facts.phone, MOST_PHONE)):
        if len(text.strip()) > most:
            raise BadMarket(field=field)
    if facts.opens_at >= facts.closes_at:
        raise BadMarket(field="closes_at")


def _follow(market: Market, facts: MarketFacts) -> None:
    kept = Stall.objects.filter(opens_at=market.opens_at, closes_at=market.closes_at)
    ids = list(kept.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    Stall.objects.filter(pk__in=ids).update(opens_at=facts.opens_at, closes_at=facts.closes_at)
