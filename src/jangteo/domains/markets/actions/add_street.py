"""One more street of awnings on the market's map."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Street
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def add_street(*, market: Market, actor: Actor, name: str, name_en: str, colour: str) -> Street:
    """Add the street after the others. `colour` is #RRGGBB, 3:1 or more against white."""
    position = Street.objects.count()
    street = Street.objects.create(market=market, name=name, name_en=name_en, colour=colour, position=position)
    audit.record(actor, "street.added", f"street:{street.pk}")
    return street
