"""Taps that a task takes from the first screen on, none more than the design allows, and the task done in the end.

Accepting an order, selling out, a new price and a good from a photo are counted where they are tried: test_customer,
test_merchant, test_photos.
"""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import expect

from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.models import Visit
from jangteo.domains.ordering.models import Shortfall, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.people.models import Role
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.phone import Phone, Phones
from tests.journeys.scenes import Scenes
from tests.journeys.steps import add, at_the_stall, last_order, place, write_person
from tests.journeys.town import Town

BUY_THREE, SETTLE, TAKE_A_CALL, LOG_A_VISIT, MOST_CHOICES = 9, 3, 1, 4, 5
# What one can choose between on the first screen: goods and orders, which lie in articles, are what the choice is for.
CHOICES = """() => [...document.querySelectorAll("main :is(a, button, form[role=search])")]
  .filter((one) => one.checkVisibility() && !one.closest("article") && !one.parentElement.closest("form[role=search]"))
  .map((one) => one.innerText.trim() || one.role)"""


def helping(town: Town, phone: Phones) -> Phone:
    """A helper's phone, on the queue."""
    held = phone().open(town.way_in(None, Role.HELPER))
    held.page.wait_for_url("**/h/")
    return held


@pytest.mark.rule(18)
def test_three_goods_of_two_stalls_are_bought_by_card(town: Town, phone: Phones) -> None:
    shopper = phone().open("/jangteo/")

    shopper.follow("장보기")
    for title in ("고등어 1손", "알배추 1포기", "시금치 1단"):
        add(shopper, title)
    shopper.follow("두 가게 3가지")
    shopper.follow("주문하러 가기")
    write_person(shopper)
    shopper.choose("지금 카드로 내기")
    place(shopper)
    shopper.press("결제창 열기")
    ours = shopper.taps
    shopper.press("결제하기")

    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("주문이 들어갔어요")
    assert ours <= BUY_THREE
    with in_market(town.world.market.pk):
        assert StallPart.objects.filter(order=last_order(town.world), state=PartState.NEW).count() == 2


@pytest.mark.rule(18)
def test_a_stuck_order_is_found_and_settled(town: Town, phone: Phones) -> None:
    gap = Scenes(town.world).short()
    desk = phone(width=1280, height=800).open(town.way_in(None, Role.MANAGER))
    desk.page.wait_for_url("**/office/")

    desk.follow("돈 돌려드리기")
    desk.press("돌려드리기")

    expect(desk.page.locator(".hand", has_text="먼저 팔려 버린")).to_have_count(0)
    assert desk.taps <= SETTLE
    with in_market(town.world.market.pk):
        assert Shortfall.objects.get(pk=gap.pk).state == Shortfall.State.REFUNDED


@pytest.mark.rule(18)
def test_a_call_is_taken_by_one_tap_and_the_stall_sees_it(town: Town, phone: Phones) -> None:
    fish = town.world.fish
    asked = NewCall("stall", "순자네 수산 (시장 길)", "goods", str(uuid.uuid4()), "순자", fish.phone, fish.pk)
    call = call_help(market=town.world.market, actor=SYSTEM, call=asked)
    stall = phone().open(f"/help/jangteo/{call.token}/")
    held = helping(town, phone)

    held.tap(held.page.locator(f"#call-{call.pk}").get_by_role("button", name="제가 갈게요"))

    expect(held.page.get_by_role("heading", name="내가 맡은 일")).to_be_visible()
    expect(stall.see("도우미가 가고 있어요")).to_be_visible()
    assert held.taps == TAKE_A_CALL
    held.press("도와드렸어요")


@pytest.mark.rule(18)
def test_a_visit_is_logged(town: Town, phone: Phones) -> None:
    held = helping(town, phone)

    held.follow("방문 적기")
    held.follow("순자네 수산")
    held.tap(held.page.locator(".ask").first)
    held.press("적어 두기")

    expect(held.see("방문을 적었어요")).to_be_visible()
    assert held.taps <= LOG_A_VISIT
    with in_market(town.world.market.pk):
        assert len(Visit.objects.latest("pk").stuck) == 1


@pytest.mark.rule(13)
def test_the_first_screens_with_large_letters_offer_five_choices(town: Town, phone: Phones) -> None:
    shopper = phone(cookies={"mode": "easy"}).open("/jangteo/")
    stall = at_the_stall(town, phone, town.world.fish)
    held = helping(town, phone)

    offered = {one.page.url: one.page.evaluate(CHOICES) for one in (shopper, stall, held)}

    assert {url: choices for url, choices in offered.items() if not 0 < len(choices) <= MOST_CHOICES} == {}
