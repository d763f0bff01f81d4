"""A customer signs in with the code of a text message, and keeps the look they chose."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import fill_basket, last_order, place, placed_at_the_stall, write_person
from tests.journeys.town import Town

HANGUL = re.compile("[가-힣ㄱ-ㅎ]+")
# What one may type stays as it is typed.
EXAMPLES = re.compile("[‘“][^’”]*[’”]")


def signed_in(town: Town, phone: Phones, number: str, *, opens_offline: bool = False) -> Phone:
    shopper = phone(opens_offline=opens_offline).open("/jangteo/orders/")
    shopper.follow("휴대폰 번호로 들어가기")
    shopper.fill("휴대폰 번호", number)
    shopper.press("문자 받기")
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("문자로 온 번호를 적어 주세요")
    shopper.fill("문자로 온 여섯 자리", town.code_sent_to(number.replace("-", "")))
    shopper.press("들어가기")
    expect(shopper.see(f"{number} 번호로 들어와 있어요")).to_be_visible()
    return shopper


def test_the_accounts_orders_follow_to_another_phone(town: Town, phone: Phones) -> None:
    first = signed_in(town, phone, "010-3333-0001")
    fill_basket(first, "손두부 1모")
    placed_at_the_stall(first)
    number = last_order(town.world).number

    second = signed_in(town, phone, "010-3333-0001")
    expect(second.page.get_by_role("link", name=f"{number}번")).to_be_visible()
    second.press("나가기")
    second.open("/jangteo/orders/")

    expect(second.see("아직 주문이 없어요")).to_be_visible()
    assert f"{number}번" not in second.text()


def test_a_wrong_code_lets_nobody_in(town: Town, phone: Phones) -> None:
    shopper = phone().open("/jangteo/enter/")
    shopper.fill("휴대폰 번호", "01033330002")
    shopper.press("문자 받기")
    right = town.code_sent_to("01033330002")

    shopper.fill("문자로 온 여섯 자리", f"{(int(right) + 1) % 1_000_000:06d}")
    shopper.press("들어가기")

    expect(shopper.see("번호가 달라요")).to_be_visible()
    shopper.fill("문자로 온 여섯 자리", f"{right[:3]} {right[3:]}")
    shopper.press("들어가기")
    expect(shopper.see("010-3333-0002 번호로 들어와 있어요")).to_be_visible()


@pytest.mark.rule(12)
def test_large_letters_are_one_tap_away_and_stay(town: Town, phone: Phones) -> None:
    shopper = phone().open("/jangteo/")
    shopper.press("큰 글씨")
    expect(shopper.page.locator("html")).to_have_attribute("data-mode", "easy")
    assert shopper.taps == 1

    again = phone(kept=shopper.page.context.storage_state()).open("/jangteo/")

    expect(again.page.locator("html")).to_have_attribute("data-mode", "easy")
    lasting = {cookie["name"]: cookie["expires"] for cookie in again.page.context.cookies()}
    assert lasting["mode"] > 0


def test_a_whole_purchase_with_large_letters(town: Town, phone: Phones) -> None:
    shopper = phone(cookies={"mode": "easy"}).open("/jangteo/")

    shopper.follow("장보기")
    shopper.press("손두부 1모 담기")
    shopper.follow("한 가게 1가지")
    shopper.follow("주문하러 가기")
    write_person(shopper)
    place(shopper)

    expect(shopper.see("주문이 들어갔어요")).to_be_visible()
    expect(shopper.page.locator("html")).to_have_attribute("data-mode", "easy")


def test_english_leaves_no_korean_sentence_on_the_way(town: Town, phone: Phones) -> None:
    shopper = phone().open("/jangteo/")
    shopper.press("English")
    expect(shopper.page.locator("html")).to_have_attribute("lang", "en")
    left = {"/jangteo/": korean(shopper, town)}

    for path in ("goods/", "search/?q=tofu", "search/?q=zzz", f"goods/{town.world.hairtail.pk}/", "map/", "help/",
                 "basket/", "orders/", "enter/", f"stall/{town.world.fish.code}/", "goods/0/"):  # fmt: skip
        shopper.open(f"/jangteo/{path}")
        left[path] = korean(shopper, town)
    shopper.open(f"/jangteo/goods/{town.world.hairtail.pk}/")
    shopper.tap(shopper.page.locator("main .btn-main"))
    expect(shopper.page).to_have_url(re.compile("/basket/$"))
    left["full basket"] = korean(shopper, town)
    shopper.tap(shopper.page.locator("main .btn-main"))
    expect(shopper.page).to_have_url(re.compile("/checkout/$"))
    left["checkout"] = korean(shopper, town)
    shopper.tap(shopper.page.locator("main .btn-main"))
    expect(shopper.page).to_have_title(re.compile("^Please check"))
    left["checkout again"] = korean(shopper, town)
    shopper.page.locator("[name=name]").fill("Hana")
    shopper.page.locator("[name=phone]").fill("010-0000-2000")
    shopper.tap(shopper.page.locator("main .btn-main"))
    expect(shopper.page.locator("#order")).to_be_visible()
    left["order"] = korean(shopper, town)

    assert {where: words for where, words in left.items() if words} == {}


def korean(shopper: Phone, town: Town) -> list[str]:
    """Korean text on the page, in attributes too, that is not the name of a thing, a stall or a place."""
    shopper.page.wait_for_load_state()
    told = shopper.page.evaluate(
        """() => {
          const texts = [document.title, document.body.innerText];
          for (const part of document.querySelectorAll("[aria-label], [placeholder], [alt], [title]"))
            for (const name of ["aria-label", "placeholder", "alt", "title"]) texts.push(part.getAttribute(name) ?? "");
          return texts.join("\\n");
        }"""
    )
    told = EXAMPLES.sub("", told)
    for name in town.names():
        told = told.replace(name, "")
    return sorted(set(HANGUL.findall(told)) - {"한국어"})
