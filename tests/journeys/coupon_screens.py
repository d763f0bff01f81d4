"""Screens of coupons and points: having them, paying with them, opening them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.wanted import WantedMoney
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.actions.grant_points import NewPoints, grant_points
from jangteo.domains.promotions.actions.make_coupon import Limits, NewCoupon, make_coupon
from jangteo.domains.promotions.actions.set_point_terms import NewPointTerms, set_point_terms
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.rules import Conditions, Off, Share
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import SIGNED_IN, Scenes
from tests.journeys.screens import Screen, Then, Who, after, office, press, shop, shop_of, write
from tests.world import GUEST, wants

CITY = "추석맞이 시장 나들이 쿠폰"
SHARED = (Share("municipality", 5_000), Share("association", 3_000), Share("stall", 2_000))
THANKS = "오래 찾아 주셔서 고마워요"


def _once(scenes: Scenes, new: NewCoupon) -> Coupon:
    """The coupon of this name, opened now if there is none."""
    with in_market(scenes.world.market.pk):
        known = Coupon.objects.filter(name=new.name, stopped_at=None).first()
    return known or make_coupon(market=scenes.world.market, actor=SYSTEM, new=new)


def _of_the_city(scenes: Scenes) -> Coupon:
    """Borne by three, with a code and nearly every condition there is."""
    today = clock.calendar_day()
    when = Conditions(
        kinds=frozenset({"fish", "vegetables"}), needs_won=15_000, starts=today, ends=today + timedelta(days=20)
    )
    off = Off(bp=2_000, ceiling_won=5_000)
    limits = Limits(most=1_000, per_person=2, per_day=200)
    new = NewCoupon(
        name=CITY, off=off, form="code", shares=SHARED, when=when, budget_won=3_000_000, limits=limits, code="CHUSEOK26"
    )
    return _once(scenes, new)


def _of_stall(scenes: Scenes, stall: Stall, name: str, won: int, needs_won: int = 0) -> Coupon:
    when = Conditions(needs_won=needs_won, ends=clock.calendar_day() + timedelta(days=30))
    limits = Limits(most=50, per_person=None)
    return _once(scenes, NewCoupon(name=name, off=Off(won=won), when=when, limits=limits, stall_id=stall.pk))


def _a_few(scenes: Scenes) -> None:
    """Coupons of two stalls, one that asks for more than anybody buys, a present, and points of both givers."""
    market, world = scenes.world.market, scenes.world
    _of_stall(scenes, world.fish, "3만 원 넘으면 2,000원", 2_000, 30_000)
    _of_stall(scenes, world.stranger, "첫 손님 1,000원", 1_000)
    thanks = NewCoupon(
        name=THANKS,
        off=Off(won=3_000),
        form="given",
        shares=(Share("association", 10_000),),
        budget_won=300_000,
        limits=Limits(per_person=None),
        lasts_days=60,
    )
    user = register_customer(market=market, actor=SYSTEM, phone=SIGNED_IN)
    given = _once(scenes, thanks).pk
    for turn in ("1", "2"):
        grant_coupon(market=market, actor=SYSTEM, coupon_id=given, user_id=user.pk, key=turn, reason="단골")
    for won, stall in ((1_234_500, None), (3_000, world.greens.pk)):
        points = NewPoints(user_id=user.pk, won=min(won, 1_000_000), key=f"points:{won}", stall_id=stall)
        grant_points(market=market, actor=SYSTEM, new=points)


def _paid_with(scenes: Scenes) -> str:
    """An order that a coupon has made cheaper."""
    _a_few(scenes)
    world = scenes.world
    user = register_customer(market=world.market, actor=SYSTEM, phone=SIGNED_IN)
    with in_market(world.market.pk):
        present = Coupon.objects.get(name=THANKS)
    wanted = wants((world.mackerel, 2), (world.cabbage, 1), moneys=(WantedMoney("coupon", str(present.pk)),))
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=str(uuid.uuid4()), user_id=user.pk)
    return f"order/{placed.token}/"


def _stalls_own(scenes: Scenes) -> None:
    """One that runs, one that is over."""
    over = _of_stall(scenes, scenes.world.fish, "오늘만 10%", 800)
    stop_coupon(market=scenes.world.market, actor=SYSTEM, coupon_id=over.pk)
    _of_stall(scenes, scenes.world.fish, "3만 원 넘으면 2,000원", 2_000, 30_000)


def _many(scenes: Scenes) -> None:
    _of_the_city(scenes)
    _a_few(scenes)
    _stalls_own(scenes)


def _points(scenes: Scenes) -> None:
    _a_few(scenes)
    set_point_terms(market=scenes.world.market, actor=SYSTEM, new=NewPointTerms(earn_bp=100, lasts_days=365))


def _of_the_fish(scenes: Scenes, earn_bp: int = 100) -> None:
    """Given by hand and from now on by orders, good for two months of the next year."""
    market, stall = scenes.world.market, scenes.world.fish
    set_point_terms(market=market, actor=SYSTEM, new=NewPointTerms(earn_bp, 365, stall_id=stall.pk))
    user = register_customer(market=market, actor=SYSTEM, phone=SIGNED_IN)
    for won, days in ((812_300, 365), (1_200, 40)):
        points = NewPoints(user_id=user.pk, won=won, key=f"fish:{won}", stall_id=stall.pk, lasts_days=days)
        grant_points(market=market, actor=SYSTEM, new=points)


def _of_the_fish_no_more(scenes: Scenes) -> None:
    _of_the_fish(scenes, 0)


def _at_stall(path: Callable[[Scenes], str], says: str, then: Then | None = None) -> Screen:
    return Screen(Who.STALL, lambda scenes: f"/stall/coupons/{path(scenes)}", says, then)


COUPON_SCREENS: dict[str, Screen] = {
    "coupons, nobody in": shop("coupons/?code=CHUSEOK26", "휴대폰 번호로 들어오면 보여요"),
    "coupons of a stall, none": _at_stall(lambda s: "", "아직 열린 쿠폰이 없어요"),
    "coupons of the office, none": Screen(Who.NEW_OFFICE, lambda s: "/office/coupons/", "지금 열린 쿠폰이 없어요"),
    "my coupons, a wrong code": shop("coupons/", "쿠폰", write("쿠폰 번호", "없는번호", "쿠폰 받기"), who=Who.CUSTOMER),
    "my coupons": shop_of(after(_a_few, "coupons/"), "시장 포인트", who=Who.CUSTOMER),
    "my coupons, one more": shop_of(after(_a_few, "coupons/?taken=1"), "쿠폰을 받았어요", who=Who.CUSTOMER),
    "checkout with coupons": shop_of(after(_a_few, "checkout/"), "가장 많이 아끼는 것", who=Who.SAVER),
    "order with a coupon": shop_of(_paid_with, "쿠폰"),
    "a stall's new coupon": _at_stall(lambda s: "new/?ready=over", "깎아 준 돈은 사장님이 내요"),
    "coupons of a stall": _at_stall(after(_stalls_own, ""), "지금 열린 쿠폰"),
    "coupons of a stall, just stopped": _at_stall(after(_stalls_own, "?stopped=1"), "쿠폰을 멈췄어요"),
    "coupons of a stall, just opened": _at_stall(
        lambda s: f"?made={_of_stall(s, s.world.fish, '첫 손님 1,000원 깎아 드려요', 1_000).pk}", "쿠폰을 열었어요"
    ),
    "coupons of the office": office(after(_many, "coupons/"), CITY),
    "a coupon of the office": office(lambda s: f"coupons/{_of_the_city(s).pk}/", "CHUSEOK26"),
    "office new coupon": office(lambda s: "coupons/new/", "깎아 준 돈은 누가 내나요?"),
    "office new coupon with errors": office(lambda s: "coupons/new/", "적어 주세요", press("쿠폰 열기")),
    "points of a stall, none": Screen(Who.STALL, lambda s: "/stall/points/", "산 돈의 1% 드리기"),
    "points of a stall": Screen(Who.STALL, after(_of_the_fish, "/stall/points/?did=started"), "손님이 가진 포인트"),
    "points of a stall, just ended": Screen(
        Who.STALL, after(_of_the_fish_no_more, "/stall/points/?did=stopped"), "그대로 쓸 수 있어요"
    ),
    "points of the office": office(after(_points, "coupons/points/"), "갚을 포인트"),
    "points of the office with an error": office(
        lambda s: "coupons/points/", "7.5처럼", write("낸 돈의 몇 퍼센트를 포인트로 드리나요?", "많이", "이렇게 하기")
    ),
}
