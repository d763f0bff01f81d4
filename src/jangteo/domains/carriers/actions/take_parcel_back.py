"""A parcel's number was wrong."""

from __future__ import annotations

from jangteo.domains.carriers.models import Parcel
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_parcel_back(*, market: Market, actor: Actor, parcel_id: int) -> Parcel:
    """It is shown to nobody and asked about no more. Twice changes nothing. Raises Parcel.DoesNotExist."""
    parcel = Parcel.objects.select_for_update().get(pk=parcel_id)
    if parcel.taken_back_at is None:
        parcel.taken_back_at, parcel.look_at = clock.now(), None
        parcel.save(update_fields=["taken_back_at", "look_at"])
        audit.record(actor, "parcel.taken_back", f"order:{parcel.order_id}")
        live.publish([live.News(f"order:{parcel.order_id}", "carried", {})])
    return parcel
