"""The customer stands at the hub and gets the order from the shelf."""

from __future__ import annotations

from jangteo.domains.hub.errors import NotGathered, StillMissing
from jangteo.domains.hub.models import Parcel
from jangteo.domains.hub.queries import missing_stalls
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.give_order import give_order
from jangteo.domains.ordering.models import Order
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def hand_out(*, market: Market, actor: Actor, order_id: int) -> Parcel:
    """Every part at once; the shelf's number is free again. Twice changes nothing.

    Raises StillMissing, NotGathered for what is delivered or never came here, MoveNotAllowed.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    parcel = Parcel.objects.filter(order=order).first()
    if parcel is None or order.fulfil != Order.Fulfil.PICKUP:
        raise NotGathered
    if parcel.given_at is not None:
        return parcel
    if stalls := missing_stalls([order.pk]).get(order.pk):
        raise StillMissing(stall=stalls[0].name)
    give_order(order=order, actor=actor)
    parcel.shelf, parcel.given_at = None, clock.now()
    parcel.save(update_fields=["shelf", "given_at"])
    audit.record(actor, "hub.handed_out", f"order:{order.pk}", number=order.number)
    live.publish([live.News(f"helpers:{market.pk}", "hub")])
    return parcel
