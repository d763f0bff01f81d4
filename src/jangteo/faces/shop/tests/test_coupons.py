from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.domains.payments.models import Tender
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import User
from jangteo.domains.promotions.actions.grant_points import NewPoints, grant_points
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.domains.promotions.rules import Conditions, Off
from jangteo.faces.shop.tests.pressing import field, filled, put_in, text_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World

pytestmark = pytest.mark.usefixtures("takes_card")
CHECKOUT, COUPONS = "/jangteo/checkout/", "/jangteo/coupons/"


@pytest.fixture
def user(world: World) -> User:
    return register_customer(market=world.market, actor=SYSTEM, phone="01000002000")


@pytest.fixture
def regular(shopper: Client, user: User) -> Client:
    shopper.force_login(user)
    return shopper


def offer(world: World, name: str, won: int, **facts: object) -> Coupon:
    new = NewCoupon(name=name, off=Off(won=won), **facts)  # type: ignore[arg-type]  # a coupon's fields
    return make_coupon(market=world.market, actor=SYSTEM, new=new)


def columns(world: World) -> dict[str, int]:
    with in_market(world.market.pk):
        return dict(Tender.objects.order_by("pk").values_list("key", "won"))


def test_the_best_is_chosen_already_and_one_press_uses_it(world: World, regular: Client) -> None:
    offer(world, "오백 원", 500)
    best = offer(world, "천 원", 1_000)
    offer(world, "비싼 것", 5_000, when=Conditions(needs_won=30_000))
    put_in(regular, world.mackerel)

    shown = regular.get(CHECKOUT)

    text = text_of(shown)
    assert "쿠폰 3장" in text
    assert "1,000원 덜 내요" in text
    assert "비싼 것 22,000원어치 더 담으면 쓸 수 있어요." in text
    assert f'id="coupon-{best.pk}" value="{best.pk}" checked' in shown.content.decode()
    assert "7,000원 주문하기" in text
    form = filled(regular, tender="card", coupon=str(best.pk))
    seen = regular.post(CHECKOUT, form)
    assert "이렇게 나눠 내요. 맞으면 한 번 더 눌러 주세요." in text_of(seen)
    placed = regular.post(CHECKOUT, {**form, "seen_split": field(seen, "seen_split")})
    assert placed.status_code == 302
    assert columns(world) == {f"coupon:{best.pk}#stall:{world.fish.pk}": 1_000, "card": 7_000}


def test_who_wants_none_pays_as_ever(world: World, regular: Client) -> None:
    offer(world, "천 원", 1_000)
    put_in(regular, world.mackerel)
    form = filled(regular, tender="card", coupon="")

    looked = regular.post(CHECKOUT, form, headers={"X-Fragment": "split"})

    assert text_of(looked).strip() == "8,000원 주문하기"
    assert regular.post(CHECKOUT, form).status_code == 302

    assert columns(world) == {"card": 8_000}


def test_the_order_shows_the_coupon_as_one_and_what_is_paid_ahead(world: World, regular: Client) -> None:
    coupon = offer(world, "천 원", 1_000)
    put_in(regular, world.mackerel)
    put_in(regular, world.tofu)
    form = filled(regular, tender="at_stall", coupon=str(coupon.pk))
    seen = regular.post(CHECKOUT, form)

    page = regular.post(CHECKOUT, {**form, "seen_split": field(seen, "seen_split")}, follow=True)

    assert text_of(page).count("쿠폰 ") == 1
    assert "1,000원" in text_of(page)


def test_a_code_is_taken_once_and_shown(world: World, regular: Client) -> None:
    offer(world, "장날", 1_000, form="code", code="jang-nal")

    for _ in range(2):
        assert regular.post(COUPONS, {"code": " JANG NAL "}).status_code == 302

    assert "장날" in text_of(regular.get(COUPONS))
    with in_market(world.market.pk):
        assert CouponPiece.objects.count() == 1
    assert 'value="JANGNAL"' in regular.get(COUPONS + "?code=JANGNAL").content.decode()


def test_wrong_codes_are_counted_and_used_up_ones_said(world: World, regular: Client, user: User) -> None:
    other = register_customer(market=world.market, actor=SYSTEM, phone="01000002001")
    offer(world, "한 장", 1_000, form="code", code="ONLY", limits=Limits(most=1))
    first = Client()
    first.force_login(other)
    first.post(COUPONS, {"code": "ONLY"})

    assert "그사이 쿠폰이 다 나갔어요" in text_of(regular.post(COUPONS, {"code": "ONLY"}))
    assert "그런 쿠폰 번호가 없어요" in text_of(regular.post(COUPONS, {"code": "0000"}))
    for number in range(1_000):
        answer = regular.post(COUPONS, {"code": f"{number:04}"})
        if "그런 쿠폰 번호가 없어요" not in text_of(answer):
            break
    assert number == 8
    assert answer.status_code == 422


def test_a_guest_is_told_to_come_in(world: World, shopper: Client) -> None:
    assert "쿠폰은 휴대폰 번호로 들어오면 보여요" in text_of(shopper.get(COUPONS))


def test_points_are_shown_and_ticked(world: World, regular: Client, user: User) -> None:
    grant_points(market=world.market, actor=SYSTEM, new=NewPoints(user_id=user.pk, won=700, key="k"))
    put_in(regular, world.mackerel)

    assert "700원" in text_of(regular.get(COUPONS))
    assert "시장 포인트 700원 쓰기" in text_of(regular.get(CHECKOUT))


def test_many_coupons_cost_no_more_queries(world: World, regular: Client) -> None:
    put_in(regular, world.mackerel)
    offer(world, "하나", 500)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            regular.get(CHECKOUT)
            regular.get(COUPONS)
        counts.append(len(asked))
        for number in range(6):
            offer(world, f"더 {number}", 600 + number)
    assert counts[0] == counts[1]
