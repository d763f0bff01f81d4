from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.catalog.models import Good, PriceChange
from jangteo.domains.stock.models import StockItem
from jangteo.faces.merchant.prices import Dial, dials, is_leap
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import World


def test_only_own_goods_are_on_the_shelf(phone: Client) -> None:
    page = phone.get("/stall/goods/").content.decode()

    assert "고등어" in page
    assert "배추김치" not in page


def test_a_near_price_is_one_tap(world: World, phone: Client) -> None:
    response = phone.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "8500", "sure": "on"})

    assert response["Location"] == f"/stall/goods/?did={world.mackerel.pk}&was=8000#good-{world.mackerel.pk}"
    assert price_of(world.mackerel) == 8500


def test_the_old_price_comes_back_in_one_tap(world: World, phone: Client) -> None:
    response = phone.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "8500"}, follow=True)

    page = response.content.decode()
    assert "고등어, 8,500원으로 바꿨어요." in page
    assert '<input type="hidden" name="price_won" value="8000">' in page

    phone.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "8000", "sure": "on"})

    assert price_of(world.mackerel) == 8000


def test_the_same_price_twice_is_one_change(world: World, phone: Client) -> None:
    for _ in range(2):
        phone.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "8500"})

    with in_market(world.market.pk):
        assert PriceChange.objects.filter(good=world.mackerel).count() == 2


def test_a_zero_too_many_is_asked_about(world: World, phone: Client) -> None:
    asked = phone.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "80000"})

    assert asked.status_code == 409
    assert "8,000원에서 <b>80,000원</b>으로" in asked.content.decode()
    assert price_of(world.mackerel) == 8000

    phone.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": "80000", "sure": "on"})

    assert price_of(world.mackerel) == 80000


@pytest.mark.parametrize("price", ["", "0", "-100", "팔천", "10000000", "8000.5"])
def test_a_price_that_cannot_be_is_asked_again(world: World, phone: Client, price: str) -> None:
    response = phone.post(f"/stall/goods/{world.mackerel.pk}/", {"price_won": price})

    assert response.status_code == 422
    assert 'id="price_won_error"' in response.content.decode()
    assert price_of(world.mackerel) == 8000


def test_sold_out_and_back_are_one_tap_each(world: World, phone: Client) -> None:
    sold_out = phone.post(f"/stall/goods/{world.mackerel.pk}/sale/", {"state": "sold_out"}, follow=True)

    assert "고등어, 품절로 해 뒀어요." in sold_out.content.decode()
    assert state_of(world.mackerel) == "sold_out"

    back = phone.post(f"/stall/goods/{world.mackerel.pk}/sale/", {"state": "on_sale"}, follow=True)

    assert "고등어, 다시 팔아요." in back.content.decode()
    assert state_of(world.mackerel) == "on_sale"


def test_the_phone_cannot_hide_a_good(world: World, phone: Client) -> None:
    phone.post(f"/stall/goods/{world.mackerel.pk}/sale/", {"state": "hidden"})

    assert state_of(world.mackerel) == "on_sale"


def test_the_count_is_what_can_still_be_sold(world: World, phone: Client) -> None:
    with in_market(world.market.pk):
        StockItem.objects.filter(good=world.mackerel).update(held=2)

    response = phone.post(f"/stall/goods/{world.mackerel.pk}/count/", {"left": "7"}, follow=True)

    assert "고등어, 7개 남았다고 적었어요." in response.content.decode()
    with in_market(world.market.pk):
        assert StockItem.objects.get(good=world.mackerel).on_hand == 9


@pytest.mark.parametrize("left", ["", "-1", "100000", "조금"])
def test_a_count_that_cannot_be_is_asked_again(world: World, phone: Client, left: str) -> None:
    response = phone.post(f"/stall/goods/{world.mackerel.pk}/count/", {"left": left})

    assert response.status_code == 422
    with in_market(world.market.pk):
        assert StockItem.objects.get(good=world.mackerel).on_hand == 5


def test_the_receipt_is_gone_after_a_minute(world: World, phone: Client) -> None:
    phone.post(f"/stall/goods/{world.mackerel.pk}/sale/", {"state": "sold_out"})

    with clock.at(clock.now() + timedelta(minutes=2)):
        page = phone.get(f"/stall/goods/?did={world.mackerel.pk}").content.decode()

    assert 'class="toast"' not in page


def test_the_shelf_takes_few_queries(phone: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """Device, goods, stock; what rings: orders, counter sales, questions; and whether somebody acts for the stall."""
    with django_assert_max_num_queries(7):
        phone.get("/stall/goods/")


def test_six_prices_lie_one_tap_away() -> None:
    assert [(dial.step_won, dial.price_won) for dial in dials(8000)] == [
        (-100, 7900),
        (100, 8100),
        (-500, 7500),
        (500, 8500),
        (-1000, 7000),
        (1000, 9000),
    ]


def test_a_price_never_falls_to_nothing() -> None:
    assert dials(500) == [Dial(-100, 400), Dial(100, 600), Dial(500, 1000), Dial(1000, 1500)]


@pytest.mark.parametrize(
    ("was", "becomes", "leap"), [(8000, 24000, True), (8000, 23990, False), (9000, 3000, True), (9000, 3010, False)]
)
def test_three_times_or_a_third_is_a_leap(was: int, becomes: int, leap: bool) -> None:
    assert is_leap(was, becomes) is leap


def price_of(good: Good) -> int:
    with in_market(good.market_id):
        return Good.objects.get(pk=good.pk).price_won


def state_of(good: Good) -> str:
    with in_market(good.market_id):
        return Good.objects.get(pk=good.pk).state
