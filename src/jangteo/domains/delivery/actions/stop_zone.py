"""A zone is delivered to no longer, or again."""

from __future__ import annotations

from jangteo.domains.delivery.models import Zone
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def stop_zone(*, market: Market, actor: Actor, zone_id: int, is_on: bool = False) -> Zone:
    """What was promised there stays promised. Raises Zone.DoesNotExist."""
    zone = Zone.objects.select_for_update().get(pk=zone_id)
    if zone.is_on != is_on:
        zone.is_on = is_on
        zone.save(update_fields=["is_on"])
        audit.record(actor, "zone.on" if is_on else "zone.off", f"zone:{zone.pk}")
    return zone
