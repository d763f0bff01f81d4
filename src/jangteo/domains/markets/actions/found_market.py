"""A market that starts without a row of the national list, such as the demo market."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.db import transaction

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import in_market


@dataclass(frozen=True, slots=True)
class NewMarket:
    """`cycle` says on which days the market trades; hours are Korean wall-clock time."""

    code: str
    slug: str
    name: str
    slogan: str
    address: str
    cycle: Cycle
    opens_at: time
    closes_at: time
    phone: str = ""
    stripe_a: str = "#0B6B45"
    stripe_b: str = "#FFFFFF"


# No @action: there is no market to scope to before this has run.
@transaction.atomic(durable=True)
def found_market(*, actor: Actor, new: NewMarket) -> Market:
    """Create the market, open at once. Raises IntegrityError when code or slug is taken."""
    market = Market.objects.create(
        code=new.code,
        slug=new.slug,
        name=new.name,
        state=Market.State.OPEN,
        slogan=new.slogan,
        address_road=new.address,
        cycle=new.cycle.to_json(),
        opens_at=new.opens_at,
        closes_at=new.closes_at,
        phone=new.phone,
        stripe_a=new.stripe_a,
        stripe_b=new.stripe_b,
    )
    with in_market(market.pk):
        audit.record(actor, "market.founded", f"market:{market.pk}")
    return market
