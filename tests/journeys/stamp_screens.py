"""Screens of stamps, of hearts, and of the same as last time."""

from __future__ import annotations

from collections.abc import Callable

from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon, make_coupon
from jangteo.domains.promotions.rules import Off
from jangteo.domains.stamps.actions.start_programme import NewProgramme, start_programme
from jangteo.domains.stamps.models import Programme
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who, press, write


def collecting(path: str) -> Callable[[Scenes], str]:
    """The address of a page once the fish stall collects."""

    def address(scenes: Scenes) -> str:
        market, stall = scenes.world.market, scenes.world.fish
        with in_market(market.pk):
            runs = Programme.objects.filter(stall=stall, stopped_at=None).exists()
        if not runs:
            limits = Limits(per_person=None)
            off = NewCoupon(name="선물", off=Off(won=3_000), form="given", stall_id=stall.pk, limits=limits)
            coupon = make_coupon(market=market, actor=SYSTEM, new=off)
            new = NewProgramme(stall.pk, 10, coupon.pk, "3,000원 쿠폰")
            start_programme(market=market, actor=SYSTEM, new=new)
        return path

    return address


STAMP_SCREENS = {
    "stamps of a stall": Screen(Who.STALL, collecting("/stall/stamps/"), "도장 찍기"),
    "stamps, a wrong number": Screen(
        Who.STALL, collecting("/stall/stamps/"), "휴대전화 번호를 다시", write("손님 전화번호", "010-12", "도장 찍기")
    ),
    "stamps, a code": Screen(Who.STALL, collecting("/stall/stamps/"), "보여 주세요", press("손님이 찍게 QR 보여 주기")),
    "stamps, a paper card": Screen(Who.STALL, collecting("/stall/stamps/paper/"), "종이 도장판 옮기기"),
    "my stamps": Screen(Who.SHOPPER, collecting("/jangteo/stamps/"), "여기서 모을 수 있어요"),
    "a stamp's code that is over": Screen(Who.SHOPPER, lambda s: "/jangteo/stamps/at/x/", "이 코드는 끝났어요"),
    "my stalls, none": Screen(Who.SHOPPER, lambda s: "/jangteo/regulars/", "아직 단골 가게가 없어요"),
    "as last time, never ordered": Screen(Who.SHOPPER, lambda s: "/jangteo/again/", "아직 지난 주문이 없어요"),
    "office stamps": Screen(Who.OFFICE, collecting("/office/stamps/"), "가게마다 모으는 도장"),
    "office new stamps": Screen(Who.OFFICE, lambda s: "/office/stamps/new/", "함께 도장 시작하기"),
}
