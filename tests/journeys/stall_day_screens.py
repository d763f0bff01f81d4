"""Screens of a stall's day: the morning's prices, slips on paper, and who answers when the phone is left alone."""

from __future__ import annotations

from jangteo.domains.catalog.actions.end_prices import end_prices
from jangteo.domains.catalog.actions.set_price_life import set_price_life
from jangteo.domains.catalog.models import Good
from jangteo.kernel.audit import SYSTEM
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, mackerel, press, slip, today


def _ended(scenes: Scenes) -> None:
    world = scenes.world
    for good in (world.mackerel, world.hairtail):
        life = Good.PriceLife.TODAY
        set_price_life(market=world.market, actor=SYSTEM, good_id=good.pk, life=life)
    end_prices(market=world.market, actor=SYSTEM, good_ids=[world.mackerel.pk, world.hairtail.pk])


def asked_good(scenes: Scenes) -> str:
    """A good that shoppers must ask the price of; no other screen is about it."""
    good = scenes.good("애호박")
    set_price_life(market=scenes.world.market, actor=SYSTEM, good_id=good.pk, life=Good.PriceLife.ASKED)
    return f"/jangteo/goods/{good.pk}/"


def standing_again(scenes: Scenes) -> str:
    """Prices as the other screens expect them."""
    world = scenes.world
    for good in (world.mackerel, world.hairtail):
        life = Good.PriceLife.STANDING
        set_price_life(market=world.market, actor=SYSTEM, good_id=good.pk, life=life)
    return "/stall/goods/"


STALL_DAY_SCREENS: dict[str, Screen] = {
    "morning": today("오늘도 이 값인가요?", _ended),
    "morning, goods": today("값이 끝났어요", _ended, path="/stall/goods/"),
    "morning, all as yesterday": today("값 그대로 팔아요", _ended, then=press("모두 어제 그대로")),
    "price for today": mackerel("까지 이 값이에요", press("오늘만")),
    "price to be asked": Screen(Who.SHOPPER, asked_good, "가게에 물어보고 사세요"),
    "prices standing again": Screen(Who.STALL, standing_again, "물건·값"),
    "slip on paper": slip(Scenes.new, "지금 뽑기", "paper/"),
    "number that is nobody's": today("그 번호의 주문표가", path="/stall/orders/find/?number=99999"),
    "who answers": today("누가 대신 받나요", path="/stall/cover/"),
    "who answers, changed": today("그렇게 해 뒀어요", path="/stall/cover/", then=press("바로 같이")),
    "more of the stall": today("다른 일", path="/stall/more/"),
    "what is done for regulars": today("손님 질문", path="/stall/more/regulars/"),
    "the rest of the stall": today("말로 올리기", path="/stall/more/rest/"),
}
