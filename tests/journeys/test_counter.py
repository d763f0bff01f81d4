"""An amount at the counter, from the stall's phone to the customer's camera and back."""

from __future__ import annotations

from io import BytesIO

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from jangteo.domains.counter.models import CounterSale
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import at_the_stall, expect_ringing, fill_basket, place, write_person
from tests.journeys.town import Town

# What the phone says is kept in place of being said: a browser without voices says nothing.
LISTEN = """() => {
  const voice = { lang: "ko-KR" };
  speechSynthesis.getVoices = () => [voice];
  speechSynthesis.speak = ({ text }) => { document.body.dataset.said = text; };
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


def scanned(held: Phone) -> str:
    """What a camera reads off the phone's screen."""
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(held.page.screenshot())))
    return str(code.text)


def type_in(held: Phone, *keys: str) -> None:
    for key in keys:
        held.tap(held.page.get_by_role("button", name=key, exact=True))


def listening(town: Town, phone: Phones) -> Phone:
    """The stall's phone with its sound on."""
    held = at_the_stall(town, phone, town.world.fish)
    held.page.evaluate(LISTEN)
    held.press("소리 켜기")
    return held


def test_a_code_on_the_phone_is_scanned_paid_by_card_and_said_aloud(town: Town, phone: Phones) -> None:
    held = listening(town, phone)
    held.follow("더 보기")
    held.follow("QR로 받기")
    type_in(held, "1", "2", "00", "0")
    held.press("12,000원 코드 보여 주기")
    expect(held.see("손님 전화기 사진기로 찍게 보여 주세요.")).to_be_visible()

    shopper = phone().open(scanned(held))
    expect(shopper.see("순자네 수산에 내기")).to_be_visible()
    shopper.press("12,000원 내기")
    expect(held.see("손님이 내고 있어요")).to_be_visible()
    shopper.press("12,000원 카드로 내기")
    shopper.press("결제하기")

    expect(shopper.see("잘 냈어요")).to_be_visible()
    expect(held.page.get_by_role("heading", name="받았어요")).to_be_visible()
    expect(held.page.locator("body")).to_have_attribute("data-said", "12,000원 받았어요.")


def test_cash_by_the_sticker_rings_until_the_stall_says_it_has_it(town: Town, phone: Phones) -> None:
    held = listening(town, phone)
    shopper = phone().open(f"/jangteo/pay/{town.world.fish.code}/")
    type_in(shopper, "7", "00", "지움", "00", "+천 원")
    shopper.choose("현금으로 냈어요")
    shopper.press("8,000원 내기")

    expect(shopper.see("가게가 확인하고 있어요")).to_be_visible()
    expect(held.see("현금으로 냈대요")).to_be_visible()
    expect_ringing(held.page)
    shopper.mark()
    held.press("받았어요")

    expect(shopper.see("잘 냈어요")).to_be_visible()
    assert shopper.is_marked
    expect(held.page.get_by_role("heading", name="받았어요")).to_be_visible()
    with in_market(town.world.market.pk):
        assert CounterSale.objects.latest("pk").amount_won == 8_000


def test_a_friend_pays_by_the_link_and_the_asker_sees_it(town: Town, phone: Phones) -> None:
    asker = phone()
    fill_basket(asker, "손두부 1모")
    asker.open("/jangteo/checkout/")
    write_person(asker)
    asker.choose("지금 카드로 내기")
    place(asker)
    expect(asker.see("결제창 열기")).to_be_visible()
    order_page = asker.page.url.replace("/pay/", "/order/")
    asker.press("다른 사람이 내주기")
    link = asker.page.get_by_label("링크").input_value()
    asker.open(order_page)

    friend = phone().open(link)
    expect(friend.see("하나 님이 장보기 값을 내달래요")).to_be_visible()
    friend.press("2,000원 내주기")
    friend.press("2,000원 카드로 내기")
    friend.press("결제하기")

    expect(friend.see("이미 냈어요")).to_be_visible()
    expect(asker.page.get_by_role("heading", level=1)).to_have_text("주문이 들어갔어요")
    second = phone().open(link)
    expect(second.see("다시 낼 것은 없어요.")).to_be_visible()
