"""A merchant's day on one phone."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import expect

from jangteo.domains.people.models import Role
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import (
    at_the_stall,
    expect_quiet,
    expect_ringing,
    fill_basket,
    last_order,
    place,
    write_person,
)
from tests.journeys.town import Town
from tests.world import order

BACK_WITHIN_S = 10.0
RINGS_WITHIN_S = 2.0
TABS = 4
# Chromium for tests has no voice; this one writes down what it is told to say and how often it is told to be quiet.
LISTENS = """
  globalThis.hushed = 0;
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.defineProperty(globalThis, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "ko-KR" }],
    speak: ({ text }) => { document.documentElement.dataset.spoken = text; },
    cancel: () => { hushed += 1; },
  } });
"""


def accept_all(stall: Phone) -> None:
    stall.press("주문 받기")
    expect(stall.page.get_by_role("button", name="주문 받기")).to_have_count(0)


def test_the_link_opens_the_stall_on_one_phone_only(town: Town, phone: Phones) -> None:
    link = town.way_in(town.world.fish)
    mine = phone().open(link)
    mine.page.wait_for_url("**/stall/")
    assert mine.taps == 0

    other = phone().open(link)
    expect(other.see("이 링크로는 들어갈 수 없어요")).to_be_visible()
    expect(other.page.locator("a[href^='tel:']").first).to_be_visible()
    assert other.open("/stall/").page.get_by_role("button", name="주문 받기").count() == 0
    expect(other.see("이 전화기는 아직 못 들어와요")).to_be_visible()

    mine.open(link)
    mine.page.wait_for_url("**/stall/")


def test_a_family_phone_is_let_in_too(town: Town, phone: Phones) -> None:
    family = phone().open(town.way_in(town.world.fish, Role.FAMILY))
    family.page.wait_for_url("**/stall/")

    expect(family.page.get_by_role("link", name=town.world.fish.name)).to_be_visible()


def test_the_door_shuts_and_opens_again(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.stranger)
    shopper = phone()
    kimchi = f"/jangteo/goods/{town.world.kimchi.pk}/"

    stall.follow("영업 중")
    stall.press("오늘 끝")
    expect(stall.see("오늘 장사를 마쳤어요")).to_be_visible()
    assert stall.taps == 2
    shopper.open(kimchi)
    expect(shopper.see("가게가 지금 주문을 받지 않아요")).to_be_visible()
    assert shopper.page.get_by_role("button", name="바구니에 담기").count() == 0

    stall.press("다시 열기")
    expect(stall.page.get_by_role("link", name="영업 중")).to_be_visible()
    shopper.open(kimchi)
    expect(shopper.page.get_by_role("button", name="바구니에 담기")).to_be_visible()


@pytest.mark.rule(18, 30)
def test_sold_out_is_two_taps_and_a_price_three(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.stranger)
    shopper = phone()
    kimchi = f"/jangteo/goods/{town.world.kimchi.pk}/"

    stall.follow("물건·값")
    stall.press("배추김치 품절로 하기")
    expect(stall.see("배추김치, 품절로 해 뒀어요")).to_be_visible()
    assert stall.taps == 2
    expect(shopper.open(kimchi).see("오늘은 다 나갔어요")).to_be_visible()
    stall.press("되돌리기")
    expect(stall.see("배추김치, 다시 팔아요")).to_be_visible()

    stall.open("/stall/")
    stall.taps = 0
    stall.follow("물건·값")
    stall.follow("배추김치 값 바꾸기")
    stall.press("12,500원")
    expect(stall.see("배추김치, 12,500원으로 바꿨어요")).to_be_visible()
    assert stall.taps == 3
    expect(shopper.open(kimchi).page.locator("main .price-l")).to_contain_text("12,500")
    stall.press("되돌리기")
    expect(stall.see("배추김치, 12,000원으로 바꿨어요")).to_be_visible()


@pytest.mark.rule(30)
def test_a_leap_in_the_price_is_asked_about(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.stranger).open(f"/stall/goods/{town.world.kimchi.pk}/")

    stall.page.get_by_label("다른 값").fill("120000")
    stall.tap(stall.page.get_by_role("button", name="바꾸기", exact=True))

    expect(stall.see("이 값이 맞나요?")).to_be_visible()
    stall.follow("아니요, 다시 적을게요")
    expect(stall.page.locator(".price-l")).to_contain_text("12,000")


def test_refusing_tells_the_customer_why(town: Town, phone: Phones) -> None:
    world = town.world
    stall = at_the_stall(town, phone, world.fish)
    token = order(world, (world.mackerel, 1), (world.tofu, 1)).token
    shopper = phone().open(f"/jangteo/order/{token}/")
    shopper.mark()

    stall.follow("못 받아요")
    stall.press("다 팔렸어요")

    expect(stall.see(f"{last_order(world).number}번을 못 받는다고 손님께 알렸어요")).to_be_visible()
    expect(shopper.see("물건이 다 나갔대요")).to_be_visible()
    expect(shopper.page.locator(".total")).to_contain_text("2,000원")
    assert shopper.is_marked
    expect_quiet(stall.page)


@pytest.mark.rule(30)
def test_a_step_can_be_taken_back(town: Town, phone: Phones) -> None:
    world = town.world
    stall = at_the_stall(town, phone, world.fish)
    shopper = phone().open(f"/jangteo/order/{order(world, (world.mackerel, 1)).token}/")

    accept_all(stall)
    expect(shopper.see("준비하고 있어요")).to_be_visible()
    stall.press("되돌리기")

    expect(shopper.see("가게에 알렸어요")).to_be_visible()
    expect(stall.page.get_by_role("button", name="주문 받기")).to_be_visible()
    accept_all(stall)
    stall.press("다 됐어요")
    expect(shopper.page.locator(".part")).to_contain_text("다 됐어요")


def test_it_rings_on_every_screen_until_it_is_touched(town: Town, phone: Phones) -> None:
    world = town.world
    stall = at_the_stall(town, phone, world.fish)
    stall.page.get_by_role("button", name="켜기").click()
    stall.follow("물건·값")
    expect(stall.page.get_by_role("heading", level=1)).to_have_text("물건·값")

    order(world, (world.mackerel, 2))

    expect(stall.page.locator("html[data-ringing]")).to_be_attached()
    call = stall.page.locator("[data-call]").first
    assert str(call.get_attribute("data-speak")).startswith("새 주문이요! 고등어 두 손")
    stall.page.mouse.click(5, 5)
    expect_quiet(stall.page)
    stall.page.reload()
    expect_quiet(stall.page)
    order(world, (world.mackerel, 1))
    expect(stall.page.locator("html[data-ringing]")).to_be_attached()
    stall.follow("새 주문이 왔어요")
    expect(stall.see("새 주문 2개가 왔어요")).to_be_visible()


@pytest.mark.rule(26)
def test_it_rings_within_two_seconds_and_says_what_is_wanted(town: Town, phone: Phones) -> None:
    world = town.world
    stall = phone()
    stall.page.add_init_script(LISTENS)
    stall.open(town.way_in(world.fish)).page.wait_for_url("**/stall/")
    stall.page.get_by_role("button", name="켜기").click()
    expect(stall.page.locator("[data-ring-tools]")).to_be_visible()
    shopper = phone()
    fill_basket(shopper, "고등어 1손")
    shopper.open("/jangteo/checkout/")
    write_person(shopper)
    began = time.monotonic()

    place(shopper)

    expect(stall.page.locator("html[data-ringing]")).to_be_attached(timeout=RINGS_WITHIN_S * 1000)
    assert time.monotonic() - began < RINGS_WITHIN_S
    expect(stall.page.locator("html[data-spoken^='새 주문이요! 고등어 한 손']")).to_be_attached()
    stall.page.evaluate("hushed = 0")
    stall.page.mouse.click(5, 5)
    expect_quiet(stall.page)
    assert stall.page.evaluate("hushed") == 1
    expect(stall.page.get_by_role("button", name="주문 받기")).to_be_visible()


def test_what_a_tap_did_is_said_beside_everything_and_can_be_undone_by_keyboard(town: Town, phone: Phones) -> None:
    world = town.world
    order(world, (world.mackerel, 1))
    order(world, (world.mackerel, 2))
    stall = at_the_stall(town, phone, world.fish)

    stall.press("주문 받기")

    expect(stall.page.get_by_role("status").filter(has_text="번을 받았어요")).to_be_visible()
    toast = stall.page.locator(".toast").bounding_box()
    assert toast is not None
    for control in stall.page.locator("header :is(a, button), main :is(a, button)").locator("visible=true").all():
        box = control.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= toast["y"] or box["y"] >= toast["y"] + toast["height"], control.inner_text()
    undo = stall.page.get_by_role("button", name="되돌리기")
    for _ in range(TABS):
        stall.page.keyboard.press("Shift+Tab")
        if undo.evaluate("button => button === document.activeElement"):
            break
    stall.page.keyboard.press("Enter")
    expect(stall.see("처음으로 되돌렸어요")).to_be_visible()


@pytest.mark.rule(26)
def test_an_order_placed_while_the_stream_was_down_appears(town: Town, phone: Phones) -> None:
    world = town.world
    stall = at_the_stall(town, phone, world.fish, line_breaks=True)
    stall.mark()
    town.live.kill()
    placed = order(world, (world.mackerel, 1))

    town.live.start()
    began = time.monotonic()

    slip = stall.page.get_by_role("article", name=f"{placed.number}번")
    expect(slip).to_be_visible(timeout=BACK_WITHIN_S * 1000)
    assert time.monotonic() - began < BACK_WITHIN_S
    expect_ringing(stall.page)
    second = order(world, (world.mackerel, 1))
    expect(stall.page.locator(".stub", has_text=f"{second.number}번")).to_be_visible()
    assert stall.is_marked


def test_without_internet_the_phone_says_so_and_catches_up(town: Town, phone: Phones) -> None:
    world = town.world
    stall = at_the_stall(town, phone, world.fish, line_breaks=True)
    placed = order(world, (world.mackerel, 1))
    expect(stall.page.get_by_role("button", name="주문 받기")).to_be_visible()

    stall.page.context.set_offline(True)
    stall.press("주문 받기")
    expect(stall.see("인터넷이 끊겼어요")).to_be_visible()
    stall.page.context.set_offline(False)
    stall.press("주문 받기")

    expect(stall.see(f"{placed.number}번을 받았어요")).to_be_visible()
