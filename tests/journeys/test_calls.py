"""Somebody at the association's telephone, whose hands never leave the keyboard."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, Route, expect

from jangteo.domains.calls.models import Consent, PhoneOrder
from jangteo.domains.calls.tests.telephone import CALLER
from jangteo.domains.people.models import Role
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phones
from tests.journeys.steps import at_the_stall
from tests.journeys.test_association import at_the_office
from tests.journeys.town import Town

A_CALL_SECONDS = 60


class Keys:
    """Types and counts; a Korean syllable is three keys."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.count += sum(3 if "가" <= sign <= "힣" else 1 for sign in text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += len(key.split("+"))


def picks(keys: Keys, typed: str, shows: str) -> None:
    keys.types(typed)
    expect(keys.page.locator("#found .is-picked")).to_contain_text(shows)
    keys.press("Enter")
    expect(keys.page.locator(".call-lines")).to_contain_text(shows.split()[0])


def places(keys: Keys) -> None:
    keys.press("F9")
    expect(keys.page.get_by_label("이대로 읽어 드렸고")).to_be_checked()
    keys.press("Control+Enter")
    keys.page.wait_for_url("**/office/calls/*/")


def test_a_phone_order_takes_less_than_a_minute_and_the_next_one_five_keys(town: Town, phone: Phones) -> None:
    desk = at_the_office(town, phone)
    keys = Keys(desk.page)
    desk.page.goto(f"{town.address}/office/calls/")
    desk.page.get_by_label("전화 받은 사람").fill("김도우")
    desk.page.get_by_label("전화번호", exact=True).focus()
    began = time.monotonic()
    keys.types(CALLER)
    keys.press("Enter")
    expect(desk.see("처음 건 번호예요")).to_be_visible()
    keys.types("박말순")
    keys.press("Enter")
    picks(keys, "ㄱㄷㅇ 2", "고등어")
    picks(keys, "손두부", "손두부")
    expect(desk.page.locator("#call-said")).to_contain_text("모두 18,000원이에요")
    desk.page.reload()
    expect(desk.page.locator("#call-said")).to_contain_text("모두 18,000원이에요")
    places(keys)
    first, seconds = keys.count, time.monotonic() - began
    expect(desk.see("받은 사람 김도우")).to_be_visible()

    keys.press("Enter")
    desk.page.wait_for_url("**/office/calls/")
    keys.types(CALLER)
    keys.press("Enter")
    expect(desk.page.get_by_label("이름", exact=True)).to_have_value("박말순")
    keys.press("F2")
    expect(desk.page.locator("#call-said")).to_contain_text("모두 18,000원이에요")
    places(keys)

    assert seconds < A_CALL_SECONDS
    assert first <= 50
    assert keys.count - first <= 20
    with in_market(town.world.market.pk):
        made = PhoneOrder.objects.order_by("pk").last()
        assert made is not None
        assert "모두 18,000원이에요" in Consent.objects.get(made=made).said
    stall = at_the_stall(town, phone, town.world.fish)
    expect(stall.see("전화 주문, 받은 사람 김도우").first).to_be_visible()


@pytest.mark.parametrize("key", ["Control+Enter", "Enter"])
def test_a_network_that_fails_keeps_what_was_typed(town: Town, phone: Phones, key: str) -> None:
    desk = phone(width=1280, height=800, line_breaks=True).open(town.way_in(None, Role.MANAGER))
    desk.page.wait_for_url("**/office/")
    desk.page.goto(f"{town.address}/office/calls/")
    # Somebody who has never called, whatever the tests before this one did.
    desk.page.get_by_label("전화번호", exact=True).fill("010-0000-7777")
    desk.page.context.set_offline(True)
    desk.page.keyboard.press(key)
    expect(desk.see("적은 것은 그대로 있어요")).to_be_visible()
    desk.page.context.set_offline(False)

    desk.page.keyboard.press("Enter")

    expect(desk.see("처음 건 번호예요")).to_be_visible()


def test_what_is_pressed_while_an_answer_is_awaited_comes_after_it(town: Town, phone: Phones) -> None:
    desk = at_the_office(town, phone)
    keys = Keys(desk.page)
    desk.page.goto(f"{town.address}/office/calls/")
    desk.page.get_by_label("전화번호", exact=True).focus()
    keys.types("0100000" + "4242")
    keys.press("Enter")
    expect(desk.see("처음 건 번호예요")).to_be_visible()
    keys.types("오느린")
    keys.press("Enter")
    picks(keys, "손두부", "손두부")
    caught: list[Route] = []
    desk.page.route("**/office/calls/", lambda route: route.continue_() if caught else caught.append(route))
    keys.press("Alt+ArrowUp")
    desk.page.wait_for_timeout(200)
    keys.press("Alt+ArrowUp")
    desk.page.wait_for_timeout(200)
    assert len(caught) == 1
    desk.page.get_by_label("전화 받은 사람").fill("김도우")

    caught[0].continue_()

    expect(desk.page.locator("#call-said")).to_contain_text("모두 6,000원이에요")
    expect(desk.page.get_by_label("전화 받은 사람")).to_have_value("김도우")
