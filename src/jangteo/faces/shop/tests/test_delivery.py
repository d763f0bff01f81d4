"""Checking out with delivery: where, when, for how much, and what became of it while somebody typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.delivery.actions.revise_wave import revise_wave
from jangteo.domains.delivery.actions.write_fee import write_fee
from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.delivery.models import Place, Promise, Seat
from jangteo.domains.delivery.queries import seat_of
from jangteo.domains.delivery.tests.seats import next_wave, sit
from jangteo.domains.delivery.told import NewFee
from jangteo.domains.ordering.models import Order
from jangteo.faces.shop.tests.pressing import field, filled, put_in, text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import World, delivers


@pytest.fixture
def place(world: World) -> Place:
    return delivers(world, capacity=2)[0]


def brought(shopper: Client, world: World, **changes: str) -> dict[str, str]:
    """The form of somebody who wants it delivered to the next window."""
    page = shopper.get("/jangteo/checkout/")
    with in_market(world.market.pk):
        place = Place.objects.get(name="장터동")
    return filled(
        shopper,
        **{
            "fulfil": "deliver",
            "place": str(place.pk),
            "address": "101호",
            "wave_id": str(next_wave(world)),
            "seen_fee_won": field(page, "seen_fee_won"),
            "substitute": "nearest",
            "wanted_at": "",
            **changes,
        },
    )


def orders(world: World) -> list[Order]:
    with in_market(world.market.pk):
        return list(Order.objects.order_by("pk"))


def test_a_market_that_does_not_deliver_does_not_offer_it(world: World, shopper: Client) -> None:
    put_in(shopper, world.tofu)
    assert "배달" not in text_of(shopper.get("/jangteo/checkout/"))
    answer = shopper.post("/jangteo/checkout/", filled(shopper, fulfil="deliver", address="장터동 101호"))
    assert answer.status_code == 422
    assert "이 시장은 아직 배달하지 않아요." in text_of(answer)
    assert orders(world) == []


def test_the_page_says_what_it_costs_and_until_when(world: World, shopper: Client, place: Place) -> None:
    put_in(shopper, world.tofu)
    words = text_of(shopper.get("/jangteo/checkout/"))
    assert "오늘 오후 5시~저녁 7시 오후 3시까지 주문 · 2자리 남았어요" in words
    assert "배달비는 3,000원이에요. 가게가 여럿이어도 한 번만 내요. 30,000원어치부터는 없어요." in words


def test_an_order_is_promised_the_window_that_was_picked(world: World, shopper: Client, place: Place) -> None:
    put_in(shopper, world.tofu)
    put_in(shopper, world.cabbage)
    answer = shopper.post("/jangteo/checkout/", brought(shopper, world))
    (order,) = orders(world)
    assert answer["Location"] == f"/jangteo/order/{order.token}/"
    assert (order.fulfil, order.address, order.substitute) == ("deliver", "장터동 101호", "nearest")
    with in_market(world.market.pk):
        seat = seat_of(order.pk)
    assert seat is not None
    assert (seat.total_won, seat.customer_won) == (3_000, 3_000)
    words = text_of(shopper.get(answer["Location"]))
    assert "오늘 오후 5시~저녁 7시에 가져다드려요" in words
    assert "장터동 101호" in words


def test_the_last_address_stands_there_the_next_time(world: World, shopper: Client, place: Place) -> None:
    put_in(shopper, world.tofu)
    shopper.post("/jangteo/checkout/", brought(shopper, world))
    put_in(shopper, world.tofu)
    page = shopper.get("/jangteo/checkout/")
    assert field(page, "address") == "101호"
    assert f'<option value="{place.pk}" selected>장터동' in page.content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"place": "", "address": ""}, "어디로 가져다드릴까요? 동이나 건물을 골라 주세요."),
        ({"address": ""}, "번지나 동·호수를 적어 주세요."),
        ({"place": "", "address": "먼바다동 3"}, "‘먼바다동 3’에는 아직 배달하지 못해요."),
        ({"place": "99999"}, "99999"),
        ({"wave_id": ""}, "배달받을 시간을 골라 주세요."),
        ({"wave_id": "1"}, "고르신 배달 시간은 이제 없어요."),
        ({"wave_id": "9" * 400}, "배달받을 시간을 골라 주세요."),
        ({"wave_id": "²"}, "배달받을 시간을 골라 주세요."),
    ],
)
def test_what_is_not_right_is_said_and_the_basket_is_kept(
    world: World, shopper: Client, place: Place, change: dict[str, str], sentence: str
) -> None:
    put_in(shopper, world.tofu)
    answer = shopper.post("/jangteo/checkout/", brought(shopper, world, **change))
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert orders(world) == []
    assert "손두부" in text_of(shopper.get("/jangteo/basket/"))
    with in_market(world.market.pk):
        assert Seat.objects.count() == 0


def test_a_window_that_closed_while_typing_is_said_and_the_next_is_offered(
    world: World, shopper: Client, place: Place
) -> None:
    put_in(shopper, world.tofu)
    form = brought(shopper, world)
    with clock.at(clock.now() + timedelta(hours=3)):
        answer = shopper.post("/jangteo/checkout/", form)
    words = text_of(answer)
    assert answer.status_code == 422
    assert "고르신 배달은 15:00에 주문을 마감했어요. 바구니는 그대로예요." in words
    assert "내일 오후 5시~저녁 7시" in words
    assert "오늘 오후 5시~저녁 7시" not in words
    assert orders(world) == []


def test_a_window_that_filled_up_while_typing_is_said(world: World, shopper: Client, place: Place) -> None:
    put_in(shopper, world.tofu)
    form = brought(shopper, world)
    for number in (8_001, 8_002):
        sit(market=world.market, wave_id=next_wave(world), order_id=number)
    answer = shopper.post("/jangteo/checkout/", form)
    assert "방금 다 찼어요. 바구니는 그대로예요." in text_of(answer)
    assert orders(world) == []


def test_a_fee_that_changed_is_said_before_anything_is_ordered(world: World, shopper: Client, place: Place) -> None:
    put_in(shopper, world.tofu)
    form = brought(shopper, world)
    dearer = Terms(fee_won=4_000, payer=Payer.CUSTOMER)
    write_fee(market=world.market, actor=SYSTEM, told=NewFee(clock.calendar_day(), dearer))
    asked = shopper.post("/jangteo/checkout/", form)
    assert asked.status_code == 422
    assert "4,000원" in text_of(asked)
    assert orders(world) == []
    shopper.post("/jangteo/checkout/", {**form, "seen_fee_won": field(asked, "seen_fee_won")})
    assert len(orders(world)) == 1


def test_a_late_wave_says_the_new_time_the_reason_and_the_first_promise(
    world: World, shopper: Client, place: Place
) -> None:
    put_in(shopper, world.tofu)
    wave = next_wave(world)
    page = shopper.post("/jangteo/checkout/", brought(shopper, world))["Location"]
    told = revise_wave(market=world.market, actor=SYSTEM, wave_id=wave, minutes=30, why=Promise.Why.WEATHER)
    assert told == 1
    words = text_of(shopper.get(page))
    assert "오늘 오후 5시 30분~저녁 7시 30분에 가져다드려요" in words
    assert "날씨가 나빠서 시간이 바뀌었어요. 처음에는 오늘 오후 5시~저녁 7시라고 했어요." in words
    assert revise_wave(market=world.market, actor=SYSTEM, wave_id=wave, minutes=30, why=Promise.Why.WEATHER) == 0


def test_cancelling_gives_the_seat_back(world: World, shopper: Client, place: Place) -> None:
    put_in(shopper, world.tofu)
    page = shopper.post("/jangteo/checkout/", brought(shopper, world))["Location"]
    shopper.post(f"{page}cancel/")
    (order,) = orders(world)
    with in_market(world.market.pk):
        seat = seat_of(order.pk)
    assert seat is not None
    assert seat.freed_at is not None
    assert seat.wave.taken == 0
