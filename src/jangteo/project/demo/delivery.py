"""The demo market brings things home: two zones, three windows, and a fee."""

from __future__ import annotations

from datetime import time

from jangteo.domains.catalog.models import Good
from jangteo.domains.delivery.actions.write_fee import write_fee
from jangteo.domains.delivery.actions.write_window import write_window
from jangteo.domains.delivery.actions.write_zone import write_zone
from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.delivery.loads import Offer
from jangteo.domains.delivery.queries import offers
from jangteo.domains.delivery.told import NewFee, NewPlace, NewWindow, NewZone
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.rules import line_amount
from jangteo.domains.ordering.wanted import WantedLine
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM

HOME = "장터동 은행나무길 12, 301호"
TERMS = Terms(fee_won=3_000, payer=Payer.STALLS, free_from_won=40_000)
ZONES = (
    NewZone("시장 둘레", (NewPlace("장터동"), NewPlace("은행나무 아파트", "building"), NewPlace("강변동"))),
    NewZone("역 쪽", (NewPlace("역전동"), NewPlace("가람역 오피스텔", "building"))),
)
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
WINDOWS = (
    NewWindow(EVERY_DAY, time(11), time(13), cut_off_minutes=90, capacity=30, on_holidays=True),
    NewWindow(EVERY_DAY, time(15), time(17), cut_off_minutes=90, capacity=30, on_holidays=True),
    NewWindow(EVERY_DAY, time(18), time(20), cut_off_minutes=120, capacity=60, on_holidays=True),
)


def bring_home(market: Market) -> None:
    """Write down where, when and for how much."""
    for zone in ZONES:
        write_zone(market=market, actor=SYSTEM, told=zone)
    for window in WINDOWS:
        write_window(market=market, actor=SYSTEM, told=window)
    write_fee(market=market, actor=SYSTEM, told=NewFee(clock.calendar_day(), TERMS))


def next_offer(market: Market, lines: tuple[WantedLine, ...]) -> Offer | None:
    """The first window that can be kept for these goods, in the market in scope; None where there is none."""
    goods = Good.objects.in_bulk([line.good_id for line in lines])
    stalls = sorted({good.stall_id for good in goods.values()})
    worth = sum(_estimate(goods[line.good_id], line.quantity) for line in lines if line.good_id in goods)
    found = offers(market, Address(HOME), worth, clock.now(), stalls)
    return found.offers[0] if found.offers else None


def _estimate(good: Good, quantity: int) -> int:
    grams = None if good.unit_grams is None else good.unit_grams * quantity
    return line_amount(price_won=good.price_won, price_grams=good.price_grams, quantity=quantity, grams=grams)
