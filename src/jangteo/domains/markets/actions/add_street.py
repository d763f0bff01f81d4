"""One more street of awnings on the market's map."""

from __future__ import annotations

from jangteo.domains.markets.errors import StreetNameTaken
from jangteo.domains.markets.models import Market, Street
from jangteo.domains.markets.rules import street_colour
from jangteo.domains.markets.street_names import check_names
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def add_street(*, market: Market, actor: Actor, name: str, name_en: str = "", colour: str = "") -> Street:
    """Add the street after the others. The same form sent twice adds one street.

    `colour` is #RRGGBB, 3:1 or more against white; "" takes one that the others do not have. Raises BadStreet,
    StreetNameTaken.
    """
    name, name_en = check_names(name, name_en)
    # Names and positions are given out one at a time; no_key lets orders, which only refer to the market, go on.
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    streets = list(Street.objects.order_by("position"))
    namesake = next((street for street in streets if street.name == name), None)
    if namesake is not None:
        if namesake.name_en == name_en:
            return namesake
        raise StreetNameTaken(name=name)
    colour = colour or street_colour([street.colour for street in streets])
    street = Street.objects.create(market=market, name=name, name_en=name_en, colour=colour, position=len(streets))
    audit.record(actor, "street.added", f"street:{street.pk}")
    return street
