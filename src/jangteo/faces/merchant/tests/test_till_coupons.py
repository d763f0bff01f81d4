from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.people.models import User
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.domains.promotions.rules import Conditions, Off
from jangteo.domains.stamps.jobs import stamp_what_was_bought
from jangteo.domains.stamps.models import Stamp
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

PHONE = "010-1234-5678"
PAGE = "/stall/till/coupons/"


def words(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def made(world: World, name: str, won: int, *, needs_won: int = 0, stall_id: int | None = None) -> Coupon:
    new = NewCoupon(
        name=name,
        off=Off(won=won),
        form="given",
        when=Conditions(needs_won=needs_won),
        limits=Limits(per_person=None),
        stall_id=stall_id or world.fish.pk,
    )
    return make_coupon(market=world.market, actor=SYSTEM, new=new)


@pytest.fixture
def gift(world: World, phone: Client) -> Coupon:
    """A coupon of the stall's own that somebody has who only ever said a number."""
    coupon = made(world, "도장 선물", 3_000)
    give(world, coupon)
    return coupon


def give(world: World, coupon: Coupon) -> None:
    user, _is_new = User.objects.get_or_create(phone=PHONE.replace("-", ""), defaults={"joined_at": clock.now()})
    key = f"gift-{coupon.pk}-{user.pk}-{'k' * 10}"
    grant_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk, user_id=user.pk, key=key)


def named(phone: Client, won: str = "10,000") -> str:
    return str(phone.post(PAGE, {"who": PHONE, "amount_won": won})["Location"])


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(key|who|amount_won|way)" value="([^"]*)"', page))


def use(phone: Client, page: str, coupon: Coupon) -> str:
    return str(phone.post(f"{PAGE}use/", {**fields(page), "coupon": str(coupon.pk)}).headers.get("Location", ""))


def only(world: World) -> CounterSale:
    with in_market(world.market.pk):
        return CounterSale.objects.get()


def test_a_number_an_amount_and_one_tap_use_it_and_one_takes_it_back(world: World, phone: Client, gift: Coupon) -> None:
    page = words(phone, named(phone))
    assert "010-****-5678" in page
    assert "3,000원 깎기" in page
    assert "7,000원 받아요" in page

    there = use(phone, page, gift)

    told = words(phone, there)
    assert "7,000원만 받으세요" in told
    assert "쿠폰 3,000원을 썼어요" in told
    sale = only(world)
    assert (sale.state, sale.amount_won, sale.coupon_won, sale.way) == ("paid", 10_000, 3_000, "cash")
    assert use(phone, page, gift) != ""
    assert only(world) == sale
    used = re.search(r'name="used" value="([^"]+)"', told)
    assert used is not None
    for _ in range(2):
        answer = phone.post(f"{PAGE}back/", {"used": used[1]})
    assert "쿠폰은 손님께 돌아갔어요" in words(phone, answer["Location"])
    assert only(world).state == "refunded"
    with in_market(world.market.pk):
        assert CouponPiece.objects.get().state == "free"


def test_three_are_offered_and_the_rest_say_why_not(world: World, phone: Client, gift: Coupon) -> None:
    for won in (500, 1_000, 2_000):
        give(world, made(world, f"{won}원 쿠폰", won))
    give(world, made(world, "큰 쿠폰", 5_000, needs_won=30_000))
    give(world, made(world, "남의 쿠폰", 9_000, stall_id=world.greens.pk))

    page = words(phone, named(phone))

    offs = re.findall(r"([\d,]+)원 깎기", page)
    assert offs == ["3,000", "2,000", "1,000"]
    assert "20,000원어치 더 사면 쓸 수 있어요" in page
    assert "남의 쿠폰" not in page


def test_who_has_nothing_pays_without_and_what_is_wrong_is_said(world: World, phone: Client) -> None:
    assert "쓸 쿠폰이 없어요" in words(phone, named(phone))
    assert phone.post(PAGE, {"who": "010-12", "amount_won": "1000"}).status_code == 422
    assert "휴대전화 번호를 다시" in phone.post(PAGE, {"who": "010-12", "amount_won": "1000"}).content.decode()
    assert phone.post(PAGE, {"who": PHONE, "amount_won": "0"}).status_code == 422
    assert "손님 전화번호" in words(phone, f"{PAGE}?who=forged&amount_won=1000")
    assert phone.post(f"{PAGE}use/", {"who": "forged", "amount_won": "1000"})["Location"] == PAGE
    assert phone.post(f"{PAGE}back/", {"used": "forged"})["Location"] == PAGE
    with in_market(world.market.pk):
        assert not CounterSale.objects.exists()


def test_what_was_stopped_meanwhile_is_refused_in_words_and_another_can_be_chosen(
    world: World, phone: Client, gift: Coupon
) -> None:
    other = made(world, "작은 쿠폰", 1_000)
    give(world, other)
    page = words(phone, named(phone))
    stop_coupon(market=world.market, actor=SYSTEM, coupon_id=gift.pk)

    answer = phone.post(f"{PAGE}use/", {**fields(page), "coupon": str(gift.pk)})

    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert "‘도장 선물’ 쿠폰은 끝났어요" in text
    assert "1,000원 깎기" in text
    assert use(phone, text, other) != ""
    assert only(world).coupon_won == 1_000


def test_after_a_stamp_the_same_screen_leads_on_and_the_visit_is_stamped_once(
    world: World, phone: Client, gift: Coupon
) -> None:
    phone.post("/stall/stamps/start/", {"ready": "ten"})
    stamped = phone.post("/stall/stamps/", {"who": PHONE, "key": "k" * 20})["Location"]

    page = words(phone, stamped)

    assert "쓸 수 있는 쿠폰이 있어요" in page
    chosen = words(phone, f"{PAGE}?who={fields(page)['who']}&amount_won=10000")
    use(phone, chosen, gift)
    with clock.at(clock.now() + timedelta(seconds=30)):
        stamp_what_was_bought()
    with in_market(world.market.pk):
        assert [stamp.count for stamp in Stamp.objects.order_by("pk")] == [1, 0]
