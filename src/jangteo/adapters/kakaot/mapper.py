"""Errands as Kakao T writes them, and its answers as the domain reads them."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.adapters._wire import BadShape, Record
from jangteo.domains.carriers.ports import Errand, QuickSnapshot, Stop
from jangteo.domains.carriers.rules import MICRO
from jangteo.domains.carriers.states import QuickState

ORDER_TYPE = "QUICK"
SIZE = "S"

STATES: Mapping[str, QuickState] = {
    "MATCHING": QuickState.LOOKING,
    "MATCHED": QuickState.ASSIGNED,
    "PICKUP_STARTED": QuickState.ASSIGNED,
    "PICKUP_COMPLETED": QuickState.PICKED_UP,
    "DROPOFF_STARTED": QuickState.PICKED_UP,
    "DROPOFF_COMPLETED": QuickState.DELIVERED,
    "COMPLETED": QuickState.DELIVERED,
    "CANCELED": QuickState.CANCELLED,
}


def priced(errand: Errand) -> dict[str, object]:
    """What a price is asked for with: places only, nobody's name."""
    return {
        "orderType": ORDER_TYPE,
        "productSize": SIZE,
        "pickup": {"location": _place(errand.pick_up)},
        "dropoff": {"location": _place(errand.drop_off)},
    }


def ordered(errand: Errand, ref: str) -> dict[str, object]:
    """A whole order."""
    note = {"note": errand.note} if errand.note else {}
    return {
        "partnerOrderId": ref,
        "orderType": ORDER_TYPE,
        "pickup": {"location": _place(errand.pick_up), "contact": _contact(errand.pick_up)},
        "dropoff": {"location": _place(errand.drop_off), "contact": _contact(errand.drop_off), **note},
        "productInfo": {"size": SIZE, "products": [{"name": errand.goods, "quantity": 1}]},
    }


def snapshot(answer: Record, ref: str) -> QuickSnapshot:
    """Raises BadShape for what is about another errand or in no state that is known."""
    if answer.text("partnerOrderId", longest=100) != ref:
        raise BadShape("the answer is about another errand")
    receipt = answer.record("receipt")
    state = STATES.get(receipt.text("status", longest=40))
    if state is None:
        raise BadShape("receipt.status is no known state")
    return QuickSnapshot(ref, state, receipt.won("totalPrice") if receipt.has("totalPrice") else None)


def _place(stop: Stop) -> dict[str, object]:
    detail = {"detailAddress": stop.detail} if stop.detail else {}
    return {
        "basicAddress": stop.address,
        **detail,
        "latitude": stop.point.lat_micro / MICRO,
        "longitude": stop.point.lng_micro / MICRO,
    }


def _contact(stop: Stop) -> dict[str, object]:
    return {"name": stop.name, "phone": stop.phone}
