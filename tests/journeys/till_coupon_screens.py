"""Screens of coupons across the counter: at the stall's till, and on the page that its code opens."""

from __future__ import annotations

from playwright.sync_api import Page

from jangteo.domains.counter.actions.open_sale import WantedSale, open_sale
from jangteo.domains.people.models import User
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.rules import Conditions, Off
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import SIGNED_IN, Scenes
from tests.journeys.screens import Screen, Then, Who
from tests.world import GUEST

NUMBER = "010-7777-1234"
TILL = "/stall/till/coupons/"
NAMES = (
    ("도장 선물 3,000원 쿠폰", 3_000, 0),
    ("늘 찾아 주시는 단골손님께 드리는 고마움 쿠폰", 1_500, 0),
    ("큰 쿠폰", 9_000, 60_000),
)


def _given(scenes: Scenes, phone: str) -> None:
    """Three of the fish stall's own, one of which needs more than anybody pays here."""
    market, stall = scenes.world.market, scenes.world.fish
    user, _is_new = User.objects.get_or_create(phone=phone, defaults={"joined_at": clock.now()})
    for name, won, needs_won in NAMES:
        with in_market(market.pk):
            coupon = Coupon.objects.filter(name=name, stall=stall, stopped_at=None).first()
        if coupon is None:
            when, limits = Conditions(needs_won=needs_won), Limits(per_person=None)
            new = NewCoupon(name=name, off=Off(won=won), form="given", when=when, limits=limits, stall_id=stall.pk)
            coupon = make_coupon(market=market, actor=SYSTEM, new=new)
        key = f"till-screen-{coupon.pk}-{user.pk}"
        grant_coupon(market=market, actor=SYSTEM, coupon_id=coupon.pk, user_id=user.pk, key=key)


def _till(scenes: Scenes) -> str:
    _given(scenes, NUMBER.replace("-", ""))
    return TILL


def _nobodys(scenes: Scenes) -> str:
    """With none left that anybody may have."""
    market = scenes.world.market
    with in_market(market.pk):
        running = list(Coupon.objects.filter(form=Coupon.Form.OPEN, stopped_at=None))
    for coupon in running:
        stop_coupon(market=market, actor=SYSTEM, coupon_id=coupon.pk)
    return TILL


def _name(number: str) -> Then:
    def then(page: Page, _scenes: Scenes) -> None:
        page.get_by_label("물건값이 모두 얼마예요?").fill("10000")
        page.locator("#id_who").fill(number)
        page.get_by_role("button", name="쿠폰 보기").click()

    return then


def _use(page: Page, scenes: Scenes) -> None:
    _name(NUMBER)(page, scenes)
    page.get_by_role("button", name="깎기").first.click()


def _code(scenes: Scenes) -> str:
    _given(scenes, SIGNED_IN)
    market, stall = scenes.world.market, scenes.world.fish
    wanted = WantedSale(stall.pk, 12_000, "dynamic")
    sale = open_sale(market=market, actor=GUEST, wanted=wanted, key=f"till-screen-{clock.now().timestamp()}")
    return f"/{market.slug}/counter/{sale.token}/"


TILL_COUPON_SCREENS = {
    "till coupons": Screen(Who.STALL, _till, "물건값이 모두 얼마예요?"),
    "till coupons to choose from": Screen(Who.STALL, _till, "3,000원 깎기", _name(NUMBER)),
    "till coupons of nobody": Screen(Who.STALL, _nobodys, "쓸 쿠폰이 없어요", _name("010-7777-0000")),
    "till coupons, used": Screen(Who.STALL, _till, "만 받으세요", _use),
    "till coupons on the customer's own phone": Screen(Who.CUSTOMER, _code, "가장 많이 아끼는 것을 골라 두었어요"),
}
