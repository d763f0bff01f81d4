"""What a courier is told: from the market's gate to the customer's door."""

from __future__ import annotations

from jangteo.domains.carriers.checks import point_of
from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.ports import Errand, Stop
from jangteo.domains.carriers.rules import Point
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order

GOODS = "시장에서 산 먹거리"


def errand_to(market: Market, order: Order, point: Point, detail: str = "", note: str = "") -> Errand:
    """Raises MarketNowhere."""
    home = Stop(
        address=market.address_road or market.address_lot or market.name,
        detail="",
        point=point_of(market),
        name=market.name,
        phone="".join(sign for sign in market.phone if sign.isdigit()),
    )
    door = Stop(address=order.address, detail=detail, point=point, name=order.name, phone=order.phone)
    return Errand(home, door, GOODS, note)


def errand_of(call: QuickCall) -> Errand:
    """The errand as it was called for. Raises ValueError once its person was forgotten."""
    if call.point is None:
        raise ValueError("nobody knows the door any more")
    return errand_to(call.market, call.order, call.point, call.detail, call.note)
