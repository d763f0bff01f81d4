"""A street gets another name."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Street
from jangteo.domains.markets.street_names import check_names, refuse_namesake
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def change_street(*, market: Market, actor: Actor, street_id: int, name: str, name_en: str = "") -> Street:
    """Write the names down. Raises BadStreet, StreetNameTaken, Street.DoesNotExist."""
    name, name_en = check_names(name, name_en)
    Market.objects.select_for_update(no_key=True).get(pk=market.pk)
    street = Street.objects.select_for_update().get(pk=street_id)
    refuse_namesake(name, street.pk)
    was, now = (street.name, name) if street.name != name else (street.name_en, name_en)
    if was != now:
        street.name, street.name_en = name, name_en
        street.save(update_fields=["name", "name_en"])
        audit.record(actor, "street.renamed", f"street:{street.pk}", was=was, now=now)
    return street
