"""A customer pays by card in the gateway's own window."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import (
    NAME,
    at_the_stall,
    expect_quiet,
    expect_ringing,
    fill_basket,
    last_order,
    place,
    write_person,
)
from tests.journeys.town import Town

SLOW_MS = 700


def at_the_window(phone: Phones, *titles: str) -> Phone:
    """A customer who has ordered by card and stands before the gateway's window."""
    shopper = phone()
    fill_basket(shopper, *titles)
    shopper.open("/jangteo/checkout/")
    write_person(shopper)
    shopper.choose("지금 카드로 내기")
    place(shopper)
    shopper.press("결제창 열기")
    expect(shopper.see("연습 결제창")).to_be_visible()
    return shopper


def test_paying_in_the_window_places_the_order(town: Town, phone: Phones) -> None:
    stall = at_the_stall(town, phone, town.world.fish)
    town.toss.dial.slow_ms = SLOW_MS
    town.toss.dial.next_up("confirm", "slow")
    shopper = at_the_window(phone, "고등어 1손", "갈치 1마리")
    expect(shopper.see("19,500원")).to_be_visible()
    expect_quiet(stall.page)

    shopper.press("결제하기")

    expect(shopper.see("결제를 확인하고 있어요")).to_be_visible()
    shopper.mark()
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("주문이 들어갔어요")
    expect(shopper.page.locator(".sums", has_text="카드로 낸 돈")).to_contain_text("19,500원")
    assert shopper.is_marked
    slip = stall.page.get_by_role("article", name=f"{last_order(town.world).number}번")
    expect(slip).to_contain_text("카드로 냈어요")
    expect_ringing(stall.page)


def test_closing_the_window_leaves_a_way_on(town: Town, phone: Phones) -> None:
    shopper = at_the_window(phone, "손두부 1모")

    shopper.press("취소")

    expect(shopper.see("결제창을 닫으셨어요. 돈은 빠져나가지 않았어요.")).to_be_visible()
    shopper.follow("주문으로 돌아가기")
    expect(shopper.see("아직 돈을 내지 않으셨어요")).to_be_visible()
    shopper.follow("카드로 내기")
    shopper.press("결제창 열기")
    shopper.press("결제하기")
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("주문이 들어갔어요")


def test_after_closing_the_window_the_order_can_be_dropped(town: Town, phone: Phones) -> None:
    shopper = at_the_window(phone, "손두부 1모")
    shopper.press("취소")
    shopper.follow("주문으로 돌아가기")

    shopper.tap(shopper.page.locator("summary", has_text="주문 취소하기"))
    shopper.press("네, 모두 취소할게요")

    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("취소한 주문이에요")


def test_a_paid_order_is_cancelled_after_seeing_what_comes_back(town: Town, phone: Phones) -> None:
    shopper = at_the_window(phone, "손두부 1모")
    shopper.press("결제하기")
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("주문이 들어갔어요")

    shopper.follow("주문 취소하기")
    expect(shopper.see("3~5일 안에 카드로 돌아와요.")).to_be_visible()
    shopper.press("네, 취소하고 2,000원 돌려받을게요")

    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("취소한 주문이에요")
    expect(shopper.page.locator(".sums", has_text="돌려드린 돈")).to_contain_text("2,000원")


def test_a_declined_card_says_so_and_asks_again(town: Town, phone: Phones) -> None:
    town.toss.dial.next_up("confirm", "decline")
    shopper = at_the_window(phone, "손두부 1모")

    shopper.press("결제하기")

    expect(shopper.page.get_by_role("link", name="카드로 내기")).to_be_visible()
    assert "카드로 낸 돈" not in shopper.text()


def test_what_the_scale_leaves_over_goes_back_to_the_card(town: Town, phone: Phones) -> None:
    shopper = at_the_window(phone, "갈치 1마리")
    shopper.press("결제하기")
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("주문이 들어갔어요")
    stall = at_the_stall(town, phone, town.world.fish)
    stall.press("주문 받기")
    stall.follow("갈치 무게 달기")
    stall.page.get_by_role("textbox", name="그램").fill("400")
    stall.tap(stall.page.get_by_role("button", name="됐어요", exact=True))
    stall.press("다 됐어요")
    expect(stall.page.locator(".slip-who")).to_contain_text(NAME)

    stall.press("건넸어요")

    expect(shopper.page.locator(".sums", has_text="돌려드린 돈")).to_contain_text("1,500원")
    expect(shopper.page.locator(".total")).to_contain_text("10,000원")
