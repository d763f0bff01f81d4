"""Answering an order without the screen of the stall's phone: by a keypad, by the slip of paper, by other people."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, expect

from jangteo.domains.ordering.jobs import pass_on_left_orders
from jangteo.domains.ordering.states import PartState
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.people.models import Role
from jangteo.kernel import clock
from tests.journeys.phone import Phone, Phones
from tests.journeys.steps import at_the_stall, expect_quiet, expect_ringing, last_order, part_of
from tests.journeys.test_merchant import LISTENS
from tests.journeys.town import Town
from tests.world import order

# Longer than a key is held back after the page has changed.
SETTLED_MS = 1_500
MINUTES = 2


def key(held: Phone, name: str) -> None:
    """Press a key of the keypad, with the page at rest."""
    held.page.clock.fast_forward(SETTLED_MS)
    held.page.keyboard.press(name)


def spoken(held: Phone, words: str) -> None:
    expect(held.page.locator(f"html[data-spoken*='{words}']")).to_be_attached()


def state(town: Town) -> PartState:
    return PartState(part_of(town.world, last_order(town.world), town.world.fish).state)


@pytest.mark.rule(30)
def test_orders_are_answered_refused_and_taken_back_by_a_keypad_alone(town: Town, phone: Phones) -> None:
    world = town.world
    held = phone()
    held.page.add_init_script(LISTENS)
    held.page.clock.install()
    held.open(town.way_in(world.fish)).page.wait_for_url("**/stall/")
    number = order(world, (world.mackerel, 1)).number
    expect(held.page.get_by_role("button", name="주문 받기")).to_be_visible()

    key(held, "Numpad2")
    spoken(held, "지금은 그럴 주문이 없어요.")
    key(held, "Numpad1")
    expect(held.see(f"{number}번을 받았어요.")).to_be_visible()
    # The key bounces, or the next one comes before anybody can have read the page.
    held.page.keyboard.press("Numpad2")
    spoken(held, f"{number}번을 받았어요. 되돌리려면 0번을 누르세요.")
    key(held, "Numpad0")
    expect(held.see(f"{number}번을 처음으로 되돌렸어요.")).to_be_visible()
    assert state(town) == PartState.NEW

    key(held, "Digit1")
    expect(held.see(f"{number}번을 받았어요.")).to_be_visible()
    key(held, "Digit2")
    expect(held.see(f"{number}번이 다 됐다고 손님께 알렸어요.")).to_be_visible()
    assert state(town) == PartState.READY

    number = order(world, (world.mackerel, 1)).number
    expect(held.page.get_by_role("button", name="주문 받기")).to_be_visible()
    key(held, "Numpad3")
    spoken(held, f"{number}번을 왜 못 받으세요? 1번, 다 팔렸어요.")
    key(held, "Numpad0")
    expect(held.page.get_by_role("button", name="주문 받기")).to_be_visible()
    key(held, "Numpad3")
    expect(held.page.get_by_role("heading", name="왜 못 받으세요?")).to_be_visible()
    key(held, "Numpad2")
    expect(held.see(f"{number}번을 못 받는다고 손님께 알렸어요.")).to_be_visible()
    assert state(town) == PartState.REFUSED
    assert held.taps == 0


def scanned(picture: Locator) -> str:
    """What a camera reads off the paper."""
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture.screenshot())))
    return str(code.text)


@pytest.mark.rule(17)
def test_rule_17_the_code_of_a_slip_and_its_number_lead_to_the_same_answer(town: Town, phone: Phones) -> None:
    world = town.world
    placed = order(world, (world.mackerel, 1))
    part = part_of(world, last_order(world), world.fish)
    typing = at_the_stall(town, phone, world.fish).open(f"/stall/orders/{part.pk}/paper/")
    camera = phone().open(town.way_in(world.fish, Role.FAMILY))
    camera.page.wait_for_url("**/stall/")

    camera.open(scanned(typing.page.locator(".paper")))
    typing.open("/stall/orders/").fill("종이에 적힌 번호로 찾기", f"{placed.number}")
    typing.press("찾기")
    expect(typing.page.get_by_role("heading", name=f"{placed.number}번", exact=True)).to_be_visible()

    assert typing.page.url == camera.page.url
    camera.press("주문 받기")
    expect(camera.see(f"{placed.number}번을 받았어요.")).to_be_visible()
    typing.page.reload()
    typing.press("다 됐어요")
    expect(typing.see(f"{placed.number}번이 다 됐다고 손님께 알렸어요.")).to_be_visible()


def left_alone(town: Town, turns: int) -> PlacedOrder:
    """An order that nobody has answered for so many turns, and the look around that comes every few seconds."""
    with clock.at(clock.now() - timedelta(minutes=MINUTES * turns, seconds=5)):
        placed = order(town.world, (town.world.mackerel, 1))
    pass_on_left_orders()
    return placed


def test_an_order_nobody_answers_goes_to_the_family_and_then_to_the_association(town: Town, phone: Phones) -> None:
    world = town.world
    owner = at_the_stall(town, phone, world.fish).open("/stall/cover/")
    owner.press(f"{MINUTES}분")
    expect(owner.page.get_by_text(f"{MINUTES}분 동안 답이 없으면 가족 전화기가 울려요.")).to_be_visible()
    owner.open("/stall/")
    family = phone().open(town.way_in(world.fish, Role.FAMILY))
    family.page.wait_for_url("**/stall/")
    desk = phone(width=1280, height=800).open(town.way_in(None, Role.MANAGER))

    order(world, (world.mackerel, 1))
    expect_ringing(owner.page)
    expect(family.see(f"{MINUTES}분 동안 답이 없으면 이 전화기도 울려요.")).to_be_visible()
    expect_quiet(family.page)
    owner.press("주문 받기")
    expect(owner.page.get_by_role("button", name="주문 받기")).to_have_count(0)

    left_alone(town, 1)
    expect_ringing(family.page)
    expect(owner.see("답이 없어서 가족 전화기도 울려요")).to_be_visible()
    assert desk.page.get_by_role("heading", name="답이 없는 주문").count() == 0

    placed = left_alone(town, 2)
    # The desk looks again by itself every quarter of a minute.
    desk.page.reload()
    expect(desk.page.get_by_role("heading", name="답이 없는 주문")).to_be_visible()
    expect(desk.page.locator(".hand", has_text=f"{placed.number}번")).to_contain_text(world.fish.name)
