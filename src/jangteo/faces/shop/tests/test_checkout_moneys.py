from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.models import Payment, Tender
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.faces.shop.tests.pressing import field, filled, put_in, text_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, takes_vouchers

pytestmark = pytest.mark.usefixtures("takes_card")

CHECKOUT = "/jangteo/checkout/"
DIGITAL = {"has_onnuri_digital": "on"}
LOCAL = {"has_local_currency": "on", "won_local_currency": "3000"}


def basket(world: World, shopper: Client) -> None:
    """Mackerel of a stall that takes vouchers, tofu of one that does not."""
    takes_vouchers(world, world.fish)
    put_in(shopper, world.mackerel)
    put_in(shopper, world.tofu)


def columns(world: World) -> dict[str, int]:
    with in_market(world.market.pk):
        return dict(Tender.objects.order_by("pk").values_list("key", "won"))


def test_without_vouchers_in_the_basket_nothing_is_asked(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)

    assert b"has_onnuri" not in shopper.get(CHECKOUT).content


def test_the_split_is_shown_first_and_taken_with_the_next_press(world: World, shopper: Client) -> None:
    basket(world, shopper)
    form = filled(shopper, tender="card", **LOCAL)

    shown = shopper.post(CHECKOUT, form)

    assert shown.status_code == 422
    assert "이렇게 나눠 내요. 맞으면 한 번 더 눌러 주세요." in text_of(shown)
    assert "지역화폐 받을 때 가게에 내요 3,000원" in text_of(shown)
    assert columns(world) == {}
    placed = shopper.post(CHECKOUT, {**form, "seen_split": field(shown, "seen_split")})
    assert placed.status_code == 302
    assert columns(world) == {f"local_currency:{world.fish.pk}": 3_000, "card": 7_000}
    with in_market(world.market.pk):
        assert Payment.objects.get().amount_won == 7_000


def test_looking_orders_nothing_and_needs_no_name(world: World, shopper: Client) -> None:
    basket(world, shopper)

    looked = shopper.post(CHECKOUT, {**filled(shopper, tender="card", name="", phone="", **DIGITAL), "look": "1"})

    assert looked.status_code == 200
    assert "디지털 온누리상품권 받을 때 가게에 내요 8,000원" in text_of(looked)
    assert "다시 봐 주세요" not in text_of(looked)
    assert not columns(world)


def test_our_script_gets_the_split_alone(world: World, shopper: Client) -> None:
    basket(world, shopper)

    part = shopper.post(CHECKOUT, filled(shopper, tender="card", **DIGITAL), headers={"X-Fragment": "split"})

    assert text_of(part).startswith("이렇게 나눠 내요")
    assert field(part, "seen_split") == "onnuri_digital=8000,card=2000"


def test_what_vouchers_pay_whole_is_ordered_at_the_stall(world: World, shopper: Client) -> None:
    takes_vouchers(world, world.fish)
    put_in(shopper, world.mackerel)
    form = filled(shopper, tender="card", seen_split="onnuri_digital=8000,card=0", **DIGITAL)

    shopper.post(CHECKOUT, form)

    with in_market(world.market.pk):
        assert Order.objects.get().tender == "at_stall"
    assert columns(world) == {f"onnuri_digital:{world.fish.pk}": 8_000}


@pytest.mark.parametrize("much", ["0", "-5", "1.5", "만원", "99999999999"])
def test_an_amount_that_is_none_is_said_beside_its_field(world: World, shopper: Client, much: str) -> None:
    basket(world, shopper)

    answer = shopper.post(CHECKOUT, filled(shopper, tender="card", **{**LOCAL, "won_local_currency": much}))

    assert answer.status_code == 422
    assert 'id="id_won_local_currency_error"' in answer.content.decode()
    assert not columns(world)


def test_a_split_that_changed_meanwhile_is_shown_again(world: World, shopper: Client) -> None:
    basket(world, shopper)
    form = filled(shopper, tender="card", seen_split="local_currency=3000,card=7000", **LOCAL)
    put_in(shopper, world.tofu, 0)

    answer = shopper.post(CHECKOUT, form)

    assert answer.status_code == 422
    assert field(answer, "seen_split") == "local_currency=3000,card=5000"
    assert not columns(world)


def test_a_customers_cashback_is_offered_with_what_there_is(world: World, shopper: Client) -> None:
    user = register_customer(market=world.market, actor=SYSTEM, phone="01000002000")
    with in_market(world.market.pk), transaction.atomic():
        lines = {"bank:main": 800, f"promo:{user.pk}:local": -800}
        post_entry(market_id=world.market.pk, actor=SYSTEM, entry=NewEntry("load", "load", "test", lines))
    shopper.force_login(user)
    put_in(shopper, world.tofu)
    form = filled(shopper, tender="card", seen_split="points:local=800,card=1200", purse_local="on")

    assert "돌려받은 800원 쓰기" in text_of(shopper.get(CHECKOUT))
    shopper.post(CHECKOUT, form)

    assert columns(world) == {"points:local": 800, "card": 1_200}
