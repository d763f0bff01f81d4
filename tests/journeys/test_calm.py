"""News change a page without taking anything out of the hand of whoever is using it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Response, expect

from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.kernel.audit import SYSTEM
from tests.journeys.phone import Phones
from tests.journeys.steps import at_the_stall, last_order, part_of
from tests.journeys.town import Town
from tests.world import GUEST, order

MARK = "element => { element.isTheSame = true }"
IS_MARKED = "element => element.isTheSame === true"
HAS_FOCUS = "element => element === document.activeElement"


def test_an_open_question_stays_while_the_page_around_it_changes(town: Town, phone: Phones) -> None:
    world = town.world
    shopper = phone().open(f"/jangteo/order/{order(world, (world.mackerel, 1)).token}/")
    shopper.mark()
    shopper.tap(shopper.page.locator("summary", has_text="주문 취소하기"))
    answer = shopper.page.get_by_role("button", name="네, 모두 취소할게요")
    answer.evaluate(MARK)

    accept_part(market=world.market, actor=SYSTEM, part_id=part_of(world, last_order(world), world.fish).pk)

    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("가게에서 준비하고 있어요")
    assert answer.evaluate(IS_MARKED)
    assert shopper.is_marked
    shopper.tap(answer)
    expect(shopper.see("벌써 준비하고 있어요")).to_be_visible()


def test_a_question_that_is_closed_again_goes_with_the_news(town: Town, phone: Phones) -> None:
    world = town.world
    shopper = phone().open(f"/jangteo/order/{order(world, (world.mackerel, 1)).token}/")
    question = shopper.page.locator("summary", has_text="주문 취소하기")
    shopper.tap(question)
    accept_part(market=world.market, actor=SYSTEM, part_id=part_of(world, last_order(world), world.fish).pk)
    expect(shopper.page.get_by_role("heading", level=1)).to_have_text("가게에서 준비하고 있어요")

    shopper.tap(question)

    expect(question).to_have_count(0)


def test_a_button_stays_under_the_finger_that_is_pressing_it(town: Town, phone: Phones) -> None:
    world = town.world
    placed = order(world, (world.mackerel, 1))
    stall = at_the_stall(town, phone, world.fish)
    button = stall.page.get_by_role("button", name="주문 받기")
    button.evaluate(MARK)
    button.hover()
    stall.page.mouse.down()

    with stall.page.expect_response(is_fragment_of("today")) as news:
        cancel_order(market=world.market, actor=GUEST, order_id=placed.order_id)
    news.value.finished()
    stall.page.evaluate("new Promise(requestAnimationFrame)")
    assert button.evaluate(IS_MARKED)
    stall.page.mouse.up()

    expect(stall.see("다시 봐 주세요")).to_be_visible()
    expect(button).to_have_count(0)


def test_the_keyboard_keeps_its_place_when_another_order_comes(town: Town, phone: Phones) -> None:
    world = town.world
    order(world, (world.mackerel, 1))
    stall = at_the_stall(town, phone, world.fish)
    button = stall.page.get_by_role("button", name="주문 받기")
    button.focus()

    second = order(world, (world.mackerel, 2))

    expect(stall.page.locator(".stub", has_text=f"{second.number}번")).to_be_visible()
    assert button.evaluate(HAS_FOCUS)


def is_fragment_of(name: str) -> Callable[[Response], bool]:
    return lambda response: response.request.headers.get("x-fragment") == name
