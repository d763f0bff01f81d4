"""What an order is packed in."""

from __future__ import annotations

from jangteo.domains.hub.errors import BadBoxes, NotGathered
from jangteo.domains.hub.models import Parcel
from jangteo.domains.hub.told import Boxes
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_BOXES = 20


@action
def note_boxes(*, market: Market, actor: Actor, order_id: int, told: Boxes) -> Parcel:
    """How many, cold or fragile. Raises BadBoxes, NotGathered where nothing of the order is here."""
    if not 1 <= told.count <= MOST_BOXES:
        raise BadBoxes(most=MOST_BOXES)
    parcel = Parcel.objects.select_for_update(of=("self",)).filter(order_id=order_id, given_at=None).first()
    if parcel is None:
        raise NotGathered
    parcel.boxes, parcel.is_cold, parcel.is_fragile = told.count, told.is_cold, told.is_fragile
    parcel.save(update_fields=["boxes", "is_cold", "is_fragile"])
    audit.record(actor, "hub.boxes", f"order:{order_id}", boxes=parcel.boxes)
    live.publish([live.News(f"helpers:{market.pk}", "hub")])
    return parcel
