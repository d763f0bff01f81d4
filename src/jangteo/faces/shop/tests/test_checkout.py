from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.rules import line_amount
from jangteo.domains.payments import gateways
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.faces.shop.tests.pressing import checked_out, field, filled, put_in, text_of
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World


@pytest.fixture
def _card() -> Iterator[None]:
    gateways.use({"toss": TossGateway(base_url="http://x", sdk_url="http://x", secret_key="s", client_key="c")})
    yield
    gateways.use({})


def orders(world: World) -> list[Order]:
    with in_market(world.market.pk):
        return list(Order.objects.order_by("pk"))


def test_an_order_over_three_stalls_is_placed_by_forms_alone(world: World, shopper: Client) -> None:
    put_in(shopper, world.mackerel, 2)
    put_in(shopper, world.hairtail, slack="3000")
    put_in(shopper, world.cabbage)
    put_in(shopper, world.tofu)

    answer = checked_out(shopper, note="토막 내 주세요")

    (order,) = orders(world)
    assert answer["Location"] == f"/jangteo/order/{order.token}/"
    assert (order.state, order.name, order.phone, order.note) == ("placed", "김하나", "01000002000", "토막 내 주세요")
    with in_market(world.market.pk):
        lines = {line.name: (line.quantity, line.ceiling_won) for line in Line.objects.all()}
    assert lines == {"고등어": (2, None), "갈치": (1, 13_000), "알배추": (1, None), "손두부": (1, None)}
    assert "바구니가 비었어요" in text_of(shopper.get("/jangteo/basket/"))


def test_the_same_form_sent_again_is_the_same_order(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    form, basket = filled(shopper), shopper.cookies["basket"].value

    first = shopper.post("/jangteo/checkout/", form)
    shopper.cookies["basket"] = basket
    second = shopper.post("/jangteo/checkout/", form)

    assert first["Location"] == second["Location"]
    assert len(orders(world)) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "이름을 적어 주세요. 가게에서 이름으로 불러 드려요."),
        ({"name": "가" * 31}, "30"),
        ({"phone": ""}, "전화번호를 적어 주세요."),
        ({"phone": "12"}, "전화번호를 다시 봐 주세요. 010으로 시작하는 번호면 돼요."),
        ({"wanted_at": ""}, "받을 시간을 골라 주세요."),
        ({"wanted_at": "2020-01-01T00:00:00+00:00"}, "2020-01-01T00:00:00+00:00"),
        ({"tender": "card"}, "card"),
        ({"tender": ""}, "어떻게 내실지 골라 주세요."),
        ({"key": ""}, "빨간 글씨가 있는 칸을 다시 봐 주세요."),
        ({"note": "가" * 201}, "200"),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_ordered(
    world: World, shopper: Client, change: dict[str, str], sentence: str
) -> None:
    put_in(shopper, world.tofu)

    answer = checked_out(shopper, **change)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert orders(world) == []


def test_an_error_is_tied_to_its_field(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)

    html = checked_out(shopper, phone="12").content.decode()

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert 'id="id_phone_error"' in html
    assert 'value="김하나"' in html


def test_a_price_that_rose_is_asked_about_first(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    form = filled(shopper)
    set_price(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, price_won=2500)

    asked = shopper.post("/jangteo/checkout/", form)
    assert asked.status_code == 422
    assert "그사이 값이 올랐어요." in text_of(asked)
    assert orders(world) == []

    shopper.post("/jangteo/checkout/", {**form, "seen_won": field(asked, "seen_won")})
    assert len(orders(world)) == 1


def test_goods_that_sold_meanwhile_are_explained(world: World, shopper: Client) -> None:
    put_in(shopper, world.mackerel, 2)
    form = filled(shopper)
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=1)

    answer = shopper.post("/jangteo/checkout/", form)

    assert answer.status_code == 422
    assert "고등어, 1개만 남았어요. 개수를 줄여 주세요." in text_of(answer)
    assert orders(world) == []


def test_a_stall_that_closed_meanwhile_is_explained(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    form = filled(shopper)
    set_door(market=world.market, actor=SYSTEM, stall_id=world.tofu_stall.pk, door=Stall.Door.CLOSED)

    assert "두부가게, 지금은 주문을 받지 않아요." in text_of(shopper.post("/jangteo/checkout/", form))


def test_an_empty_basket_leads_back_to_the_basket(world: World, shopper: Client) -> None:
    assert shopper.get("/jangteo/checkout/")["Location"] == "/jangteo/basket/"


def test_nobody_types_their_name_twice(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    checked_out(shopper)
    put_in(shopper, world.tofu)

    page = shopper.get("/jangteo/checkout/")

    assert (field(page, "name"), field(page, "phone")) == ("김하나", "01000002000")


def test_card_is_offered_only_where_it_is_set_up(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)

    assert "지금 카드로 내기" not in text_of(shopper.get("/jangteo/checkout/"))


@pytest.mark.usefixtures("_card")
def test_a_card_order_leads_to_the_pay_page(world: World, shopper: Client) -> None:
    put_in(shopper, world.hairtail)

    answer = checked_out(shopper, tender="card")

    (order,) = orders(world)
    assert answer["Location"] == f"/jangteo/pay/{order.token}/"
    assert order.state == "awaiting_payment"


def test_the_estimate_of_the_page_is_the_one_function(world: World, shopper: Client) -> None:
    put_in(shopper, world.hairtail, 3)
    expected = line_amount(price_won=2500, price_grams=100, quantity=3, grams=1200)

    assert f"{expected:,}원 주문하기" in text_of(shopper.get("/jangteo/checkout/"))


def test_placing_five_lines_asks_little(
    world: World, shopper: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for good in (world.mackerel, world.hairtail, world.cabbage, world.tofu, world.kimchi):
        put_in(shopper, good)
    form = filled(shopper)

    with django_assert_max_num_queries(25):
        assert shopper.post("/jangteo/checkout/", form).status_code == 302


def test_a_market_without_a_time_to_come_says_so(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    Market.objects.filter(pk=world.market.pk).update(opens_at="23:00", closes_at="05:00")

    assert "지금은 고를 수 있는 시간이 없어요." in text_of(shopper.get("/jangteo/checkout/"))
