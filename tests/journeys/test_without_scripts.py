"""Everything that a customer and a stall must be able to do also works with JavaScript switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from jangteo.domains.markets.actions.set_door import set_door
from jangteo.domains.markets.models import Stall
from jangteo.kernel.audit import SYSTEM
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import last_order, place, write_person
from tests.journeys.town import Town


def plain(phone: Phones) -> Phone:
    return phone(scripts=False)


def entered(town: Town, phone: Phones) -> Phone:
    """Without scripts the link needs one press."""
    stall = plain(phone).open(town.way_in(town.world.fish))
    stall.press("순자네 수산 사장님으로 들어가기")
    return stall


def ordered(phone: Phones, *titles: str) -> Phone:
    shopper = plain(phone).open("/jangteo/goods/")
    for title in titles:
        shopper.press(f"{title} 담기")
    shopper.open("/jangteo/checkout/")
    write_person(shopper)
    place(shopper)
    return shopper


@pytest.mark.rule(24)
def test_a_whole_purchase(town: Town, phone: Phones) -> None:
    shopper = plain(phone).open("/jangteo/")

    shopper.page.get_by_role("searchbox", name="물건 찾기").fill("ㄱㅊ")
    shopper.press("찾기")
    shopper.tap(shopper.page.locator("main").get_by_role("link", name="갈치 1마리"))
    shopper.choose("넉넉히 (30% 더까지)")
    shopper.press("바구니에 담기")
    expect(shopper.see("달아서 계산해요. 많아야 13,000원")).to_be_visible()
    shopper.press("갈치 1마리 하나 더")
    expect(shopper.page.locator(".total")).to_contain_text("20,000원쯤")
    shopper.follow("주문하러 가기")
    write_person(shopper)
    place(shopper)

    expect(shopper.see("주문이 들어갔어요")).to_be_visible()
    assert shopper.page.locator("noscript meta[http-equiv=refresh]").count() or "refresh" in shopper.page.content()


@pytest.mark.rule(24)
def test_the_whole_handling_of_an_order(town: Town, phone: Phones) -> None:
    shopper = ordered(phone, "고등어 1손", "갈치 1마리")
    stall = entered(town, phone)
    expect(stall.see("새 주문이 왔어요")).to_be_visible()

    stall.press("주문 받기")
    stall.follow("갈치 무게 달기")
    weigh(stall, "500")
    expect(stall.page.get_by_role("heading", level=1)).to_have_text("손님이 정한 값을 넘어요")
    stall.follow("덜어 내고 다시 달기")
    weigh(stall, "430")
    stall.press("다 됐어요")
    stall.press("18,750원 받고 건넸어요")

    expect(stall.see("오늘 판 돈")).to_be_visible()
    shopper.page.reload()
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("잘 끝났어요")
    expect(shopper.page.locator(".total")).to_contain_text("18,750원")


def weigh(stall: Phone, grams: str) -> None:
    stall.page.get_by_role("textbox", name="그램").fill(grams)
    stall.tap(stall.page.get_by_role("button", name="됐어요", exact=True).locator("visible=true"))


@pytest.mark.rule(24)
def test_refusing_and_taking_back_an_acceptance(town: Town, phone: Phones) -> None:
    shopper = ordered(phone, "고등어 1손")
    stall = entered(town, phone)

    stall.press("주문 받기")
    stall.press("되돌리기")
    expect(stall.see(f"{last_order(town.world).number}번을 처음으로 되돌렸어요")).to_be_visible()
    stall.follow("못 받아요")
    stall.press("지금 바빠요")

    shopper.page.reload()
    expect(shopper.see("지금 너무 바빠서 준비할 수 없대요")).to_be_visible()


@pytest.mark.rule(24)
def test_the_stalls_door_price_and_shelf(town: Town, phone: Phones) -> None:
    set_door(market=town.world.market, actor=SYSTEM, stall_id=town.world.fish.pk, door=Stall.Door.OPEN)
    stall = entered(town, phone)

    stall.follow("영업 중")
    stall.press("잠깐 쉬어요")
    expect(stall.see("새 주문이 안 들어와요")).to_be_visible()
    stall.press("다시 열기")
    stall.follow("물건·값")
    stall.press("고등어 품절로 하기")
    expect(stall.see("고등어, 품절로 해 뒀어요")).to_be_visible()
    stall.press("고등어 다시 팔기")
    stall.follow("고등어 값 바꾸기")
    stall.page.get_by_label("다른 값").fill("8500")
    stall.press("바꾸기")
    expect(stall.see("고등어, 8,500원으로 바꿨어요")).to_be_visible()
    stall.press("되돌리기")
    expect(stall.see("고등어, 8,000원으로 바꿨어요")).to_be_visible()


@pytest.mark.rule(24)
def test_signing_in_and_the_look(town: Town, phone: Phones) -> None:
    shopper = plain(phone).open("/jangteo/enter/")
    shopper.fill("휴대폰 번호", "010-3333-0009")
    shopper.press("문자 받기")
    shopper.fill("문자로 온 여섯 자리", town.code_sent_to("01033330009"))
    shopper.press("들어가기")
    expect(shopper.see("010-3333-0009 번호로 들어와 있어요")).to_be_visible()

    shopper.press("진한 색")

    expect(shopper.page.locator("html")).to_have_attribute("data-contrast", "high")
    assert shopper.page.url.endswith("/jangteo/orders/")
