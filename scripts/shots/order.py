"""One order from the market's front page to the stall's scale, and the office beside it."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page

from scripts.shots.camera import DESK, PHONE, keep, window
from scripts.shots.market import Market

# By stall code; the first stall is the one whose phone is shown, and its 갈치 is sold by weight.
BASKET = {"203616": ("갈치 1마리", "고등어 1손"), "338158": ("대파 한 단",), "781756": ("손두부 1모",)}
GRAMS = "468"
LOCAL_WON = "10000"


def look_around(market: Market, browser: Browser) -> None:
    """The front page on a phone, in easy mode and on a desk."""
    for name, size, easy in (("front", PHONE, False), ("easy", PHONE, True), ("desk", DESK, False)):
        page = window(browser, size)
        if easy:
            page.context.add_cookies([{"name": "mode", "value": "easy", "url": market.url}])
        page.goto(market.front)
        keep(page, name)


def order_and_weigh(market: Market, customer: Page, merchant: Page) -> None:
    """One basket over three stalls becomes an order; the first stall hears of it, accepts and weighs."""
    for stall, goods in BASKET.items():
        customer.goto(f"{market.front}stall/{stall}/")
        for good in goods:
            customer.get_by_role("button", name=f"{good} 담기", exact=True).click()
            customer.get_by_role("button", name=re.compile(f"^{good}, 바구니에")).wait_for()
    customer.goto(f"{market.front}basket/")
    keep(customer, "basket")
    split_the_money(market, customer)
    customer.goto(f"{market.front}checkout/")
    customer.get_by_label("이름").fill("하늘")
    customer.get_by_label("전화번호").fill("010-0000-0007")
    customer.get_by_role("button", name="주문하기").click()
    customer.wait_for_url("**/order/**")
    merchant.get_by_role("button", name="주문 받기").wait_for()
    keep(merchant, "new-order")
    merchant.get_by_role("button", name="주문 받기").click()
    merchant.get_by_role("link", name="갈치 무게 달기").first.click()
    for digit in GRAMS:
        merchant.locator(f"[data-key='{digit}']").click()
    keep(merchant, "scale")
    merchant.get_by_role("button", name="됐어요").click()
    merchant.wait_for_url("**/stall/")
    customer.reload()
    keep(customer, "order")


def split_the_money(market: Market, customer: Page) -> None:
    """What each kind of money would pay at the checkout, and why."""
    customer.goto(f"{market.front}checkout/")
    customer.get_by_text("지금 카드로 내기").click()
    customer.locator("label", has_text="지역화폐").first.click()
    customer.get_by_label("얼마 있으세요?").locator("visible=true").fill(LOCAL_WON)
    customer.locator("#split").get_by_text("카드").first.wait_for()
    keep(customer, "split", top=".mix")


def look_into_the_office(market: Market, office: Page) -> None:
    keep(office, "office")
    office.goto(f"{market.url}/office/money/")
    office.get_by_role("link", name="하루 앞").click()
    keep(office, "money")
