"""A customer buys from three stalls in one basket while the stalls' phones ring."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, expect

from jangteo.domains.delivery.models import Place
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import Order
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import (
    add,
    at_the_stall,
    expect_quiet,
    expect_ringing,
    fill_basket,
    last_order,
    part_of,
    place,
    placed_at_the_stall,
    search_for,
    write_person,
)
from tests.journeys.town import Town
from tests.world import delivers

NEWS_MS = 2_000


def ticket_of(shopper: Phone, stall: Stall) -> Locator:
    """The stall's slip on the customer's order page."""
    return shopper.page.locator(".part").filter(has_text=stall.name)


def finish(town: Town, order: Order, stall: Stall) -> None:
    """Another stall does its part without trouble."""
    part_id = part_of(town.world, order, stall).pk
    for step in (accept_part, ready_part, hand_over_part):
        step(market=town.world.market, actor=SYSTEM, part_id=part_id)


@pytest.mark.rule(26, 27)
def test_three_stalls_in_one_basket_and_the_phone_rings(town: Town, phone: Phones) -> None:
    world = town.world
    stall = at_the_stall(town, phone, world.fish)
    stall.mark()
    shopper = phone().open("/jangteo/")

    search_for(shopper, "ㄱㄷㅇ", "고등어")
    shopper.press("바구니에 담기")
    shopper.follow("더 담기")
    for title in ("갈치 1마리", "알배추 1포기", "손두부 1모"):
        add(shopper, title)
    shopper.follow("세 가게 4가지")
    expect(shopper.page.locator(".ticket-stall")).to_have_text([world.fish.name, world.greens.name, "두부가게"])
    shopper.follow("주문하러 가기")
    write_person(shopper)
    began = time.monotonic()
    place(shopper)
    expect(shopper.see("주문이 들어갔어요")).to_be_visible()

    order = last_order(world)
    slip = stall.page.get_by_role("article", name=f"{order.number}번")
    expect(slip).to_be_visible(timeout=NEWS_MS)
    assert time.monotonic() - began < NEWS_MS / 1000
    expect(slip).to_contain_text("고등어")
    expect(slip).to_contain_text("갈치")
    expect(slip).not_to_contain_text("손두부")
    expect_ringing(stall.page)

    shopper.mark()
    stall.taps = 0
    stall.tap(slip.get_by_role("button", name="주문 받기"))
    expect(ticket_of(shopper, world.fish)).to_contain_text("준비하고 있어요", timeout=NEWS_MS)
    expect(ticket_of(shopper, world.greens)).to_contain_text("가게에 알렸어요")
    assert stall.taps == 1
    expect_quiet(stall.page)
    assert shopper.is_marked
    assert stall.is_marked


def test_the_scale_decides_under_the_customers_ceiling(town: Town, phone: Phones) -> None:
    world = town.world
    stall = at_the_stall(town, phone, world.fish)
    shopper = phone()
    fill_basket(shopper, "고등어 1손", "갈치 1마리", "알배추 1포기")
    placed_at_the_stall(shopper)
    shopper.mark()
    order = last_order(world)
    total = shopper.page.locator(".total")
    expect(total).to_contain_text("21,500원쯤")
    stall.press("주문 받기")
    expect(ticket_of(shopper, world.fish)).to_contain_text("준비하고 있어요")

    stall.follow("갈치 무게 달기")
    weigh(stall, "500")
    expect(stall.page.get_by_role("heading", level=1)).to_have_text("손님이 정한 값을 넘어요")
    expect(stall.page.locator("main")).to_contain_text("12,500원")
    expect(stall.page.get_by_role("button", name="11,500원만 받고 다 드리기 (덤)")).to_be_visible()
    expect(total).to_contain_text("21,500원쯤")
    stall.follow("덜어 내고 다시 달기")
    weigh(stall, "450")
    expect(stall.see("다 됐어요")).to_be_visible()

    expect(ticket_of(shopper, world.fish)).to_contain_text("달아 보니 450g", timeout=NEWS_MS)
    expect(ticket_of(shopper, world.fish)).to_contain_text("11,250원")
    expect(total).to_contain_text("22,750원")
    stall.press("다 됐어요")
    expect(ticket_of(shopper, world.fish)).to_contain_text("다 됐어요", timeout=NEWS_MS)
    finish(town, order, world.greens)
    stall.press("19,250원 받고 건넸어요")
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("잘 끝났어요", timeout=NEWS_MS)
    expect(total).to_contain_text("22,750원")
    assert "쯤" not in shopper.text()
    assert shopper.is_marked


def weigh(stall: Phone, digits: str) -> None:
    """On the number pad."""
    for digit in digits:
        stall.tap(stall.page.locator(f'[data-key="{digit}"]'))
    expect(stall.page.get_by_role("textbox", name="그램")).to_have_value(digits)
    stall.tap(stall.page.get_by_role("button", name="됐어요", exact=True))


def test_giving_the_rest_for_nothing_charges_the_ceiling(town: Town, phone: Phones) -> None:
    shopper = phone()
    fill_basket(shopper, "갈치 1마리")
    placed_at_the_stall(shopper)
    stall = at_the_stall(town, phone, town.world.fish)
    stall.press("주문 받기")
    stall.follow("갈치 무게 달기")
    weigh(stall, "500")

    stall.press("11,500원만 받고 다 드리기 (덤)")

    expect(ticket_of(shopper, town.world.fish)).to_contain_text("정하신 금액까지만 받아요", timeout=NEWS_MS)
    expect(shopper.page.locator(".total")).to_contain_text("11,500원")


@pytest.mark.rule(18)
def test_three_goods_of_two_stalls_take_nine_taps(town: Town, phone: Phones) -> None:
    shopper = phone().open("/jangteo/goods/")

    for title in ("고등어 1손", "알배추 1포기", "시금치 1단"):
        add(shopper, title)
    shopper.follow("두 가게 3가지")
    shopper.follow("주문하러 가기")
    write_person(shopper)
    place(shopper)

    expect(shopper.see("주문이 들어갔어요")).to_be_visible()
    assert shopper.taps <= 9


def test_an_order_can_be_taken_back_before_a_stall_begins(town: Town, phone: Phones) -> None:
    shopper = phone()
    fill_basket(shopper, "고등어 1손")
    placed_at_the_stall(shopper)
    stall = at_the_stall(town, phone, town.world.fish)
    expect(stall.see("새 주문이 왔어요")).to_be_visible()

    shopper.tap(shopper.page.locator("summary", has_text="주문 취소하기"))
    shopper.press("네, 모두 취소할게요")

    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("취소한 주문이에요")
    expect(stall.page.get_by_role("button", name="주문 받기")).to_have_count(0, timeout=NEWS_MS)
    expect_quiet(stall.page)


@pytest.mark.rule(24)
@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_not_filled_in_is_said_beside_the_field(town: Town, phone: Phones, scripts: bool) -> None:
    with in_market(town.world.market.pk):
        is_set_up = Place.objects.exists()
    if not is_set_up:
        delivers(town.world)
    shopper = phone(scripts=scripts).open("/jangteo/goods/")
    add(shopper, "손두부 1모")
    shopper.open("/jangteo/checkout/")
    shopper.choose("배달받기")

    place(shopper)

    shopper.see("이름을 적어 주세요")
    for label in ("이름", "전화번호", "어느 동네예요?"):
        field = shopper.page.get_by_label(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        described = str(field.get_attribute("aria-describedby"))
        assert any(shopper.page.locator(f"#{mark}").inner_text().strip() for mark in described.split())


def test_a_basket_takes_out_and_puts_back(town: Town, phone: Phones) -> None:
    shopper = phone()
    fill_basket(shopper, "고등어 1손", "손두부 1모")
    shopper.open("/jangteo/basket/")

    shopper.press("고등어 1손 하나 더")
    expect(shopper.page.locator(".total")).to_contain_text("18,000원")
    shopper.tap(shopper.page.get_by_role("button", name="고등어 1손 빼기", exact=True))
    expect(shopper.page.locator(".total")).to_contain_text("2,000원")
    shopper.press("되돌리기")
    expect(shopper.page.locator(".total")).to_contain_text("18,000원")
