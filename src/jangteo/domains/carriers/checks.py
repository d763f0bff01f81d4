"""What has to hold before something leaves the market."""

from __future__ import annotations

from jangteo.domains.carriers.errors import (
    CarrierUnknown,
    MarketNowhere,
    NotForDelivery,
    NumberDoubtful,
    NumberLength,
    NumberNotDigits,
    PointFar,
    PointSwapped,
    PointUnreadable,
)
from jangteo.domains.carriers.rules import (
    CARRIERS,
    MICRO,
    Carrier,
    Point,
    in_korea,
    is_near,
    is_swapped,
    lengths_words,
    looks_right,
    plain_number,
    read_point,
)
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.states import OrderState

LEAVES = (OrderState.PLACED, OrderState.CLOSED)


def for_delivery(order: Order) -> None:
    """Raises NotForDelivery for an order that is fetched, not paid, called off, or without an address."""
    if order.fulfil != Order.Fulfil.DELIVER or order.state not in LEAVES or not order.address:
        raise NotForDelivery


def point_of(market: Market) -> Point:
    """Where couriers fetch. Raises MarketNowhere."""
    if market.latitude is None or market.longitude is None:
        raise MarketNowhere
    return Point(int(market.latitude * MICRO), int(market.longitude * MICRO))


def checked_point(market: Market, point: Point) -> Point:
    """Raises MarketNowhere, PointSwapped, PointUnreadable outside Korea, and PointFar."""
    home = point_of(market)
    if is_swapped(point):
        raise PointSwapped
    if not in_korea(point):
        raise PointUnreadable
    if not is_near(point, home):
        raise PointFar
    return point


def told_point(market: Market, told: str) -> Point:
    """What somebody pasted from a map. Raises what `checked_point` raises."""
    point = read_point(told)
    if point is None:
        raise PointUnreadable
    return checked_point(market, point)


def checked_number(carrier_key: str, told: str, *, sure: bool) -> tuple[Carrier, str]:
    """The carrier and its number in digits. A doubtful last digit passes when somebody is sure.

    Raises CarrierUnknown, NumberNotDigits, NumberLength, NumberDoubtful.
    """
    carrier = CARRIERS.get(carrier_key)
    if carrier is None:
        raise CarrierUnknown
    number = plain_number(told)
    if not number:
        raise NumberNotDigits
    if len(number) not in carrier.lengths:
        raise NumberLength(carrier=carrier.name, lengths=lengths_words(carrier), digits=len(number))
    if not (sure or looks_right(carrier, number)):
        raise NumberDoubtful(carrier=carrier.name)
    return carrier, number
