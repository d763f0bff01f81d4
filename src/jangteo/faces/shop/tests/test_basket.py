from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.wanted import MOST_LINES
from jangteo.faces.shop.basket import Basket, Wish
from jangteo.faces.shop.tests.pressing import field, put_in, text_of
from jangteo.kernel.audit import SYSTEM
from tests.world import World, make_world


def test_goods_of_several_stalls_add_up(world: World, shopper: Client) -> None:
    put_in(shopper, world.mackerel, 2)
    put_in(shopper, world.hairtail)
    put_in(shopper, world.tofu)

    words = text_of(shopper.get("/jangteo/basket/"))

    assert "순자네 수산 26,000 두부가게 2,000 예상 합계 28,000원쯤" in words
    assert "많아야 29,500원이에요." in words
    assert "주문하러 가기" in words


def test_setting_goes_back_to_where_it_was_pressed(world: World, shopper: Client) -> None:
    assert put_in(shopper, world.tofu)["Location"] == "/jangteo/basket/"
    assert put_in(shopper, world.tofu, next="/jangteo/#good-1")["Location"] == "/jangteo/#good-1"
    assert put_in(shopper, world.tofu, next="https://evil.example/")["Location"] == "/jangteo/basket/"


def test_pressing_twice_is_pressing_once(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu, 2)
    put_in(shopper, world.tofu, 2)

    assert "두부가게 4,000 합계 4,000원" in text_of(shopper.get("/jangteo/basket/"))


def test_taking_out_offers_the_way_back(world: World, shopper: Client) -> None:
    put_in(shopper, world.hairtail, 3, slack="3000")
    put_in(shopper, world.tofu)

    page = shopper.get(put_in(shopper, world.hairtail, 0)["Location"])
    assert "갈치 1마리, 바구니에서 뺐어요" in text_of(page)
    put_in(shopper, world.hairtail, 3, slack=field(page, "slack"))

    assert "많아야 41,000원이에요." in text_of(shopper.get("/jangteo/basket/"))


def test_the_ceiling_follows_the_quantity(world: World, shopper: Client) -> None:
    put_in(shopper, world.hairtail, 1, slack="0")
    put_in(shopper, world.hairtail, 2)

    assert "달아서 계산해요. 많아야 20,000원" in text_of(shopper.get("/jangteo/basket/"))


def test_more_than_there_is_left_is_explained(world: World, shopper: Client) -> None:
    put_in(shopper, world.mackerel, 6)

    words = text_of(shopper.get("/jangteo/basket/"))

    assert "지금 살 수 없는 것이 1가지 있어요" in words
    assert "5개만 남았어요. 개수를 줄여 주세요." in words
    assert "주문하러 가기" not in words


def test_sold_out_and_closed_are_explained(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    put_in(shopper, world.cabbage)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.SOLD_OUT)
    set_door(market=world.market, actor=SYSTEM, stall_id=world.greens.pk, door=Stall.Door.PAUSED)

    words = text_of(shopper.get("/jangteo/basket/"))

    assert "다 나갔어요. 빼고 주문해 주세요." in words
    assert "가게가 지금 주문을 받지 않아요. 빼고 주문해 주세요." in words
    assert shopper.get("/jangteo/checkout/")["Location"] == "/jangteo/basket/"


def test_a_hidden_good_falls_out_of_the_basket(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.HIDDEN)

    assert "바구니가 비었어요" in text_of(shopper.get("/jangteo/basket/"))


def test_a_sold_out_good_is_not_added_but_may_be_lowered(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu, 3)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.SOLD_OUT)

    put_in(shopper, world.tofu, 4)
    assert 'value="4" aria-label="손두부 1모 하나 더"' in shopper.get("/jangteo/basket/").content.decode()
    put_in(shopper, world.tofu, 1)
    assert 'value="2" aria-label="손두부 1모 하나 더"' in shopper.get("/jangteo/basket/").content.decode()


def test_the_present_price_counts(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    set_price(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, price_won=2500)

    assert "합계 2,500원" in text_of(shopper.get("/jangteo/basket/"))


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"good_id": "x", "quantity": "1"},
        {"good_id": "-1", "quantity": "1"},
        {"good_id": str(2**64), "quantity": "1"},
        {"good_id": "{tofu}", "quantity": "-1"},
        {"good_id": "{tofu}", "quantity": "100"},
        {"good_id": "{tofu}", "quantity": "1", "slack": "9999"},
    ],
)
def test_a_bad_request_changes_nothing(world: World, shopper: Client, bad: dict[str, str]) -> None:
    put_in(shopper, world.tofu, 2)
    before = shopper.cookies["basket"].value

    answer = shopper.post("/jangteo/basket/set/", {k: v.format(tofu=world.tofu.pk) for k, v in bad.items()})

    assert answer.status_code == 400
    assert shopper.cookies["basket"].value == before


def test_another_markets_good_cannot_be_put_in(world: World, shopper: Client) -> None:
    other = make_world(slug="other", digit="2")

    assert put_in(shopper, other.tofu).status_code == 400


@pytest.mark.parametrize(
    "value",
    ["", "x", "eyJ9:x:y", signing.dumps({"1": [1, 1500]}), signing.dumps([1], salt="jangteo.basket.1")],
    ids=["nothing", "noise", "forged", "signed for something else", "signed but no basket"],
)
def test_a_forged_basket_is_empty(world: World, shopper: Client, value: str) -> None:
    shopper.cookies["basket"] = value

    assert "바구니가 비었어요" in text_of(shopper.get("/jangteo/basket/"))


@pytest.mark.parametrize(
    "stored", [{"a": [1, 0]}, {"1": [0, 0]}, {"1": [100, 0]}, {"1": [1, 7]}, {"1": 5}, [1], 7, None]
)
def test_a_signed_but_senseless_basket_is_empty(world: World, shopper: Client, stored: object) -> None:
    shopper.cookies["basket"] = signing.dumps(stored, salt=f"jangteo.basket.{world.market.pk}", compress=True)

    assert "바구니가 비었어요" in text_of(shopper.get("/jangteo/basket/"))


def test_a_basket_of_another_market_is_not_taken(world: World, shopper: Client) -> None:
    make_world(slug="other", digit="2")
    put_in(shopper, world.tofu)

    assert "바구니가 비었어요" in text_of(shopper.get("/other/basket/"))


def test_a_basket_holds_fifty_lines() -> None:
    basket = Basket()
    for good_id in range(1, MOST_LINES + 2):
        basket = basket.with_wish(good_id, Wish(1))

    assert len(basket.wishes) == MOST_LINES
    assert basket.with_wish(1, Wish(3)).quantity(1) == 3


def test_the_script_gets_the_changed_parts_only(world: World, shopper: Client) -> None:
    answer = shopper.post(
        "/jangteo/basket/set/", {"good_id": world.tofu.pk, "quantity": 1}, headers={"x-fragment": "card"}
    )

    words = text_of(answer)
    assert answer.status_code == 200
    assert "한 가게 1가지 2,000원" in words
    assert "손두부 1모, 1개 담았어요" in words
    assert "<html" not in answer.content.decode()


def test_a_full_basket_fits_a_cookie(world: World, shopper: Client) -> None:
    stored = {str(10**9 + n): [99, 3000] for n in range(MOST_LINES)}

    assert len(signing.dumps(stored, salt="x" * 20, compress=True)) < 2000
