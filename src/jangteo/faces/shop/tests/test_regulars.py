from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.regulars.favourites import hearts_of
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, order


def heart(shopper: Client, stall: Stall, on: str = "yes", **more: object) -> None:
    shopper.post("/jangteo/heart/", {"stall": stall.code, "on": on, **more})


def words(shopper: Client, path: str) -> str:
    return " ".join(shopper.get(path).content.decode().split())


@pytest.fixture
def user(world: World, shopper: Client) -> int:
    found = register_customer(market=world.market, actor=SYSTEM, phone="01012345678")
    shopper.force_login(found)
    return found.pk


def test_a_guests_heart_stays_in_the_browser_and_brings_the_days_news_to_the_front(
    world: World, shopper: Client
) -> None:
    assert "단골 가게 소식" not in words(shopper, "/jangteo/")
    heart(shopper, world.fish)
    with clock.at(NOON + timedelta(days=2)):
        set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=7_000)
        set_price(market=world.market, actor=SYSTEM, good_id=world.hairtail.pk, price_won=2_600)
        front = words(shopper, "/jangteo/")

    assert "오늘 단골 가게 소식" in front
    mine = front[front.index('class="mine"') : front.index("</article>", front.index('class="mine"'))]
    assert "고등어 1손" in mine
    assert "8,000" in mine
    assert "7,000원" in mine
    assert "값 내림" in mine
    assert "갈치" not in mine
    heart(shopper, world.fish, "no")
    assert "단골 가게 소식" not in words(shopper, "/jangteo/")


def test_a_closed_stall_says_so_and_a_forged_cookie_is_nobodys(world: World, shopper: Client) -> None:
    heart(shopper, world.fish)
    heart(shopper, world.greens)
    set_door(market=world.market, actor=SYSTEM, stall_id=world.fish.pk, door=Stall.Door.CLOSED)

    page = words(shopper, "/jangteo/regulars/")
    assert page.index("푸른채소") < page.index("순자네 수산")
    assert "닫았어요" in page
    shopper.cookies["hearts"] = shopper.cookies["hearts"].value + "x"
    assert "아직 단골 가게가 없어요" in words(shopper, "/jangteo/regulars/")


def test_the_heart_of_a_good_is_pressed_once_and_told_on_its_page(world: World, shopper: Client) -> None:
    page = f"/jangteo/goods/{world.tofu.pk}/"
    heart(shopper, world.tofu_stall, good=world.tofu.pk)
    assert 'aria-pressed="true"' in words(shopper, page)
    assert "손두부" in words(shopper, "/jangteo/regulars/")
    heart(shopper, world.tofu_stall, "no", good=world.tofu.pk)
    assert 'aria-pressed="false"' in words(shopper, page)


def test_what_is_not_of_this_market_gets_no_heart(world: World, shopper: Client) -> None:
    for told in ({"stall": "999999"}, {"stall": ""}, {"good": "9" * 30}, {"good": "-1"}):
        assert shopper.post("/jangteo/heart/", {**told, "on": "yes"}).status_code == 400


def test_an_account_keeps_hearts_in_the_market_and_a_second_press_changes_nothing(
    world: World, shopper: Client, user: int
) -> None:
    for _ in range(2):
        heart(shopper, world.fish)
    heart(shopper, world.tofu_stall, good=world.tofu.pk)

    assert "hearts" not in shopper.cookies
    with in_market(world.market.pk):
        hearts = hearts_of(user)
    assert (hearts.stalls, hearts.goods) == ((world.fish.pk,), (world.tofu.pk,))


def test_the_front_page_asks_once_more_at_most(world: World, shopper: Client) -> None:
    with CaptureQueriesContext(connection) as new:
        shopper.get("/jangteo/")
    for stall in (world.fish, world.greens, world.tofu_stall, world.stranger):
        heart(shopper, stall)
    with CaptureQueriesContext(connection) as known:
        shopper.get("/jangteo/")

    assert len(known) <= len(new) + 1


def with_order(world: World, shopper: Client, *lines: tuple[object, int]) -> str:
    """The token of an order that the browser remembers."""
    placed = order(world, *lines)  # type: ignore[arg-type]  # goods of the world
    shopper.cookies["orders"] = signing.dumps([placed.token], salt=f"jangteo.orders.{world.market.pk}")
    return placed.token


def test_the_same_as_last_time_says_what_changed_and_takes_what_is_there(world: World, shopper: Client) -> None:
    with_order(world, shopper, (world.mackerel, 3), (world.tofu, 2), (world.cabbage, 1))
    set_price(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, price_won=2_200)
    set_door(market=world.market, actor=SYSTEM, stall_id=world.greens.pk, door=Stall.Door.CLOSED)
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=2)

    page = words(shopper, "/jangteo/again/")
    assert "지난번 2,000원에서 올랐어요" in page
    assert "2개만 남아서" in page
    assert "가게가 지금 쉬어요" in page
    assert "20,400원" in page
    went = shopper.post("/jangteo/again/")
    assert went["Location"] == "/jangteo/checkout/"
    basket = words(shopper, "/jangteo/basket/")
    assert "고등어" in basket
    assert "손두부" in basket
    assert "알배추" not in basket


def test_twice_the_same_is_not_twice_as_much(world: World, shopper: Client) -> None:
    with_order(world, shopper, (world.tofu, 2))
    for _ in range(2):
        shopper.post("/jangteo/again/", {"only": "basket"})

    assert "4,000원" in words(shopper, "/jangteo/basket/")


def test_whoever_never_ordered_is_led_to_the_goods(world: World, shopper: Client) -> None:
    assert "아직 지난 주문이 없어요" in words(shopper, "/jangteo/again/")
    assert shopper.post("/jangteo/again/")["Location"] == "/jangteo/again/"
    assert shopper.get(f"/jangteo/order/{uuid.uuid4().hex[:22]}/again/").status_code == 404
