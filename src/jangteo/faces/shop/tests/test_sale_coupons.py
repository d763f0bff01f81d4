from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.tests.sales import given_back, opened, settled, snapshot
from jangteo.domains.payments import gateways
from jangteo.domains.payments.models import Payment
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.models import Coupon, CouponPiece
from jangteo.domains.promotions.rules import Conditions, Off
from jangteo.faces.shop.tests.pressing import field, text_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World


@pytest.fixture(autouse=True)
def _card() -> Iterator[None]:
    gateways.use({"toss": TossGateway(base_url="http://x", sdk_url="http://x", secret_key="s", client_key="test_ck")})
    yield
    gateways.use({})


@pytest.fixture
def customer(world: World) -> Client:
    """A browser that somebody has signed in with."""
    client = Client()
    client.force_login(register_customer(market=world.market, actor=SYSTEM, phone="01000002000"))
    return client


@pytest.fixture
def coupon(world: World) -> Coupon:
    for won, needs in ((1_000, 0), (9_000, 50_000)):
        when = Conditions(needs_won=needs)
        new = NewCoupon(name=f"{won}원", off=Off(won=won), when=when, limits=Limits(per_person=None))
        made(world, new)
    return made(world, NewCoupon(name="삼천", off=Off(won=3_000), stall_id=world.fish.pk))


def made(world: World, new: NewCoupon) -> Coupon:
    return make_coupon(market=world.market, actor=SYSTEM, new=new)


def address(world: World) -> str:
    sale = opened(world, 12_000, source="dynamic")
    return f"/jangteo/counter/{sale.token}/"


def only(world: World) -> CounterSale:
    with in_market(world.market.pk):
        return CounterSale.objects.select_related("stall").get()


def test_the_best_coupon_is_chosen_already_and_can_be_left_out(world: World, customer: Client, coupon: Coupon) -> None:
    there = address(world)
    page = customer.get(there).content.decode()
    text = text_of(customer.get(there))

    assert f'value="{coupon.pk}" checked' in page
    assert "3,000원 덜 내요" in text
    assert "쿠폰 안 쓰기" in text
    assert "38,000원어치 더 사면 쓸 수 있어요" in text

    assert customer.post(there, {"way": "card", "coupon": ""}).status_code == 302
    assert only(world).coupon_won == 0


def test_a_card_pays_what_the_coupon_leaves_and_a_refund_brings_both_back(
    world: World, customer: Client, coupon: Coupon
) -> None:
    there = address(world)

    assert customer.post(there, {"way": "card", "coupon": str(coupon.pk)}).status_code == 302

    sale = only(world)
    page = customer.get(there)
    assert 'data-amount="9000"' in page.content.decode()
    assert "12,000원에서 쿠폰 3,000원을 뺐어요" in text_of(page)
    assert customer.post(there, {"way": "card", "coupon": str(coupon.pk)}).status_code == 302
    settled(world, snapshot(sale, total=9_000))
    assert "9,000원" in text_of(customer.get(there))
    receipt = text_of(customer.get(f"{there}receipt/"))
    assert "쿠폰 3,000" in receipt
    given_back(world, sale)
    with in_market(world.market.pk):
        assert Payment.objects.get().amount_won == 9_000
        assert CouponPiece.objects.get().state == "ended"


def test_a_coupon_that_is_gone_is_said_before_anything_is_paid(world: World, customer: Client, coupon: Coupon) -> None:
    there = address(world)
    stop_coupon(market=world.market, actor=SYSTEM, coupon_id=coupon.pk)

    answer = customer.post(there, {"way": "card", "coupon": str(coupon.pk)})

    assert answer.status_code == 422
    assert "그 쿠폰은 이제 쓸 수 없어요" in text_of(answer)
    assert only(world).state == "open"


def test_a_sticker_asks_who_has_a_coupon_once_more_and_nobody_else(
    world: World, customer: Client, shopper: Client, coupon: Coupon
) -> None:
    page = f"/jangteo/pay/{world.fish.code}/"
    sent = {"amount_won": "12,000", "way": "cash"}

    guest = shopper.post(page, {**sent, "key": field(shopper.get(page), "key")})
    assert only(world).state == "claimed"
    there = str(customer.post(page, {**sent, "key": field(customer.get(page), "key")})["Location"])

    assert "?way=" not in guest["Location"]
    assert there.endswith("?way=cash")
    assert customer.post(there, {"way": "cash", "coupon": str(coupon.pk)}).status_code == 302
    with in_market(world.market.pk):
        assert CounterSale.objects.get(coupon_won__gt=0).due_won == 9_000


def test_a_guest_sees_no_coupon(world: World, shopper: Client, coupon: Coupon) -> None:
    assert "쿠폰" not in text_of(shopper.get(address(world)))
