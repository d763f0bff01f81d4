"""Screens of paying a stall an amount, of receipts, and of paying for somebody else."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.counter_scenes import CounterScenes
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Then, Who, order, press, shop, shop_of, unchecked, write

Made = Callable[[CounterScenes], str]


def at(made: Made, says: str, who: Who = Who.SHOPPER, then: Then | None = None) -> Screen:
    """A screen at the address that making its state answers."""
    return Screen(who, lambda scenes: made(CounterScenes(scenes)), says, then)


def stall(made: Made, says: str, then: Then | None = None) -> Screen:
    return at(made, says, Who.STALL, then)


COUNTER_SCREENS: dict[str, Screen] = {
    "dial": shop("pay/", "가게 번호로 내기"),
    "dial, misread": shop("pay/?number=100012", "한 자리가 틀린 것 같아요"),
    "pay a stall": shop_of(lambda s: f"pay/{s.world.fish.code}/", "순자네 수산에 내기"),
    "pay a stall with errors": Screen(
        Who.SHOPPER, lambda s: f"/jangteo/pay/{s.world.fish.code}/", "얼마인지 적어", unchecked(press("내기"))
    ),
    "sale by a code": at(CounterScenes.open, "어떻게 내세요?"),
    "sale by card": at(CounterScenes.paying, "카드로 내기"),
    "sale claimed": at(CounterScenes.claimed, "가게가 확인하고 있어요"),
    "sale paid": at(CounterScenes.received, "잘 냈어요"),
    "sale denied": at(CounterScenes.denied, "못 받았대요"),
    "sale over": at(CounterScenes.over, "시간이 지났어요"),
    "sale failed": at(lambda s: f"{s.paying()}failed/?code=USER_CANCEL", "결제창을 닫으셨어요"),
    "cash receipt": at(lambda s: f"{s.received()}cash-receipt/", "현금영수증 12,000원"),
    "cash receipt with an error": at(
        lambda s: f"{s.received()}cash-receipt/",
        "번호를 다시 봐 주세요",
        then=write("번호", "02-123", "현금영수증 끊기"),
    ),
    "receipt, nothing yet": order(Scenes.new, "아직 영수증이 없어요", "order/{}/receipt/"),
    "receipt of a part": order(Scenes.handed_over, "아직 끝나지 않은 가게", "order/{}/receipt/"),
    "receipt": order(Scenes.closed, "가게 합계", "order/{}/receipt/"),
    "asking a payer": at(CounterScenes.asked, "이 링크로 내달라고 하세요"),
    "pay link": at(CounterScenes.linked, "장보기 값을 내달래요"),
    "pay link, window": at(CounterScenes.linked, "카드로 내주기", then=press("내주기")),
    "pay link, paid": at(CounterScenes.link_paid, "이미 냈어요"),
    "pay link, over": at(CounterScenes.link_over, "이 링크는 끝났어요"),
    "pay link, failed": at(lambda s: f"{s.linked()}failed/?code=USER_CANCEL", "결제가 안 됐어요"),
    "qr of the stall": stall(lambda s: s.came() and "/stall/qr/", "오늘 이렇게 들어왔어요"),
    "qr of the stall with errors": stall(lambda _: "/stall/qr/", "얼마인지 적어", unchecked(press("코드 보여 주기"))),
    "code of the stall": stall(CounterScenes.code, "찍게 보여 주세요"),
    "code of the stall, paid": stall(CounterScenes.came, "받았어요"),
    "code of the stall, over": stall(CounterScenes.code_over, "3분이 지났어요"),
    "today, with a claim": stall(lambda s: s.claimed() and "/stall/", "현금으로 냈대요"),
    "giving back": stall(CounterScenes.giving_back, "얼마를 돌려드릴까요?"),
    "giving back, too much": stall(lambda s: f"{s.giving_back()}?amount_won=99000", "원까지 돌려드릴 수 있어요"),
    "giving back, quoted": stall(lambda s: f"{s.giving_back()}?amount_won=3000", "남는 돈"),
    "given back": stall(CounterScenes.given_back, "3,000원 돌려드림"),
    "sale receipt": at(CounterScenes.part_left, "남은 돈이에요"),
}
