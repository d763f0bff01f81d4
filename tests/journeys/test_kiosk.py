"""The kiosk by touch, by keypad, without a network, and left alone; every screen of it measured in millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from jangteo.domains.events.actions.show_event import show_event
from jangteo.domains.events.models import Event
from jangteo.domains.events.tests.gatherings import event
from jangteo.domains.ordering.models import KioskOrder
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.journeys.event_screens import FAIR
from tests.journeys.kiosk_screens import (
    BEGIN,
    GOOD,
    KIOSK_SCREENS,
    LARGE_SCREENS,
    MILLIMETRES,
    PAY,
    PUT_IN,
    button,
    press,
    switched_on,
)
from tests.journeys.phone import Phone, Phones
from tests.journeys.town import Town

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
LARGE, LOW = "큰 글씨", "낮은 화면"
BIG, TABLETS, READ_ON = ((1080, 1920), (1920, 1080)), ((800, 1280), (1280, 800)), (1920, 1080)
# Which glass each look is measured on. A small glass is nowhere out of reach: only big ones can be made low.
LOOKS: dict[tuple[str, ...], tuple[tuple[int, int], ...]] = {
    (): BIG + TABLETS,
    (LARGE,): BIG + TABLETS,
    (LOW,): BIG,
    ("English", LARGE): TABLETS,
}
HEAR = """() => {
  const { start } = AudioBufferSourceNode.prototype;
  globalThis.sounded = new Promise((heard) => {
    AudioBufferSourceNode.prototype.start = function (...when) { start.apply(this, when); heard(true); };
  });
}"""
WALK = Path(__file__).with_name("kiosk.js").read_text(encoding="utf-8")


@pytest.fixture
def kiosk(town: Town, phone: Phones) -> Phone:
    made = phone(width=1080, height=1920, opens_offline=True, line_breaks=True)
    switched_on(town.world, made)
    return made


def orders(town: Town) -> list[str]:
    with in_market(town.world.market.pk):
        return list(KioskOrder.objects.order_by("pk").values_list("ticket", flat=True))


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def until_offered(page: Page) -> None:
    """Turn pages until the good is there: that is no part of the task."""
    while not button(page, GOOD).is_visible():
        button(page, "다음 장").click()


@pytest.mark.rule(18)
def test_one_good_is_ordered_in_five_taps_and_a_stall_found_in_two(town: Town, kiosk: Phone) -> None:
    page, before = kiosk.page, orders(town)
    kiosk.press(BEGIN)
    until_offered(page)
    for words in (GOOD, PUT_IN, PAY, "현금"):
        kiosk.tap(button(page, words))
    heading(page, "주문했어요")
    assert kiosk.taps == 5
    (made,) = orders(town)[len(before) :]
    expect(page.locator(".slip-number")).to_have_text(made)

    button(page, "다 봤어요").click()
    kiosk.taps = 0
    kiosk.press("가게 찾기")
    kiosk.tap(button(page, "순자네 수산"))
    heading(page, "순자네 수산")
    expect(page.locator(".plan-it")).to_have_count(1)
    assert kiosk.taps == 2
    kiosk.press("도움")
    heading(page, "도와줄 사람을 불렀어요")
    for words in ("소리", "다시 듣기"):
        page.evaluate(HEAR)
        kiosk.press(words)
        assert page.evaluate("sounded")


def test_practice_goes_to_the_ticket_and_nothing_leaves_the_kiosk(town: Town, kiosk: Phone) -> None:
    page, before, posted = kiosk.page, orders(town), list[str]()
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    kiosk.press("연습해 보기")
    until_offered(page)
    for words in (GOOD, PUT_IN, PAY, "현금"):
        press(page, words)
    expect(page.locator(".slip-number")).to_have_text("연습")
    kiosk.press("처음으로")
    heading(page, "무엇을 드릴까요?")
    expect(page.locator(".practice")).to_contain_text("주문이 안 가요")
    kiosk.press("도움")
    heading(page, "연습이에요")
    kiosk.press("그만")

    heading(page, "잘 오셨어요")
    expect(page.locator(".practice")).to_have_count(0)
    assert (orders(town), [url for url in posted if "/k/seen/" not in url]) == (before, [])


@pytest.mark.rule(11)
def test_keys_alone_go_the_whole_way(town: Town, kiosk: Phone) -> None:
    page, before = kiosk.page, orders(town)
    page.keyboard.press("Enter")
    heading(page, "무엇을 드릴까요?")
    page.keyboard.press("1")
    page.keyboard.press("+")
    expect(page.locator(".stepper output")).to_have_text("2")
    page.keyboard.press("Backspace")
    heading(page, "무엇을 드릴까요?")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    heading(page, "이대로 드릴까요?")
    page.keyboard.press("Tab")
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 3
    page.locator("h1").focus()
    page.keyboard.press("Enter")
    heading(page, "무엇으로 내실까요?")
    page.keyboard.press("1")
    heading(page, "주문했어요")
    assert len(orders(town)) == len(before) + 1


@pytest.mark.rule(25)
def test_without_a_network_it_goes_on_and_the_order_arrives_once(town: Town, kiosk: Phone) -> None:
    page, before = kiosk.page, orders(town)
    expect(page.locator("body[data-kept]")).to_be_visible()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".as-of")).to_contain_text("기준")
    for words in (BEGIN, GOOD, PUT_IN, PAY, "카드"):
        press(page, words)
    heading(page, "주문했어요")
    expect(page.locator(".slip")).to_contain_text("인터넷이 끊겨서")
    ticket = page.locator(".slip-number").inner_text()
    page.reload()
    expect(page.locator(".slip-number")).to_have_text(ticket)
    assert orders(town) == before
    with page.expect_response("**/k/orders/"):
        page.context.set_offline(False)
    expect(page.locator(".as-of")).to_be_hidden()
    assert orders(town)[len(before) :] == [ticket]


@pytest.mark.rule(19, 20)
def test_left_alone_it_asks_keeps_everything_and_only_then_forgets(town: Town, phone: Phones) -> None:
    made = phone(width=1080, height=1920)
    made.page.clock.install()
    switched_on(town.world, made)
    page = made.page
    for words in (BEGIN, GOOD, PUT_IN):
        press(page, words)
    for _ in range(10):
        page.clock.run_for(61_000)
        heading(page, "더 하시겠어요?")
        page.clock.run_for(20_000)
        button(page, "네, 더 할게요").click()
        heading(page, "이대로 드릴까요?")
    page.clock.run_for(59_000)
    heading(page, "이대로 드릴까요?")
    page.clock.run_for(2_000 + 31_000)
    heading(page, "잘 오셨어요")
    button(page, BEGIN).click()
    expect(page.locator(".go")).to_be_hidden()


@pytest.fixture(scope="module")
def measured(browser: Browser, town: Town) -> Iterator[Page]:
    """One kiosk for all that is measured, with the scripts that walk and measure, while much goes on in the market."""
    given = Phones(browser, town.address)
    shown = [event(town.world, title=title, kind="festival", places=None) for title in (FAIR, "강가 음악회")]
    made = given(width=1080, height=1920)
    switched_on(town.world, made)
    made.page.evaluate(AXE)
    made.page.evaluate(WALK)
    expect(made.page.locator(".line")).to_have_count(2)
    yield made.page
    given.close()
    for one in shown:
        show_event(market=town.world.market, actor=SYSTEM, event_id=one.pk, state=Event.State.DRAFT)
    assert given.complaints() == []


@pytest.mark.rule(3, 4, 6, 7, 10, 13, 15)
@pytest.mark.parametrize("look", LOOKS, ids=" ".join)
def test_every_screen_is_large_apart_whole_and_readable_on_every_glass(measured: Page, look: tuple[str, ...]) -> None:
    wrong = []
    for width, height in LOOKS[look]:
        measured.set_viewport_size({"width": width, "height": height})
        # What axe looks at is the same on every glass, and lying glass holds most on one screen.
        is_read = (width, height) == READ_ON and LOW not in look
        found = measured.evaluate("(asked) => walk(asked)", walk_of(look, is_read=is_read))
        wrong += [f"{width}×{height} {one}" for one in found]
    assert wrong == [], "\n".join(wrong)


def test_a_ticket_that_is_shared_over_pages_is_printed_whole(measured: Page) -> None:
    measured.set_viewport_size({"width": 800, "height": 1280})
    measured.evaluate("(asked) => reach(asked)", {"look": [LARGE], "path": KIOSK_SCREENS["ticket"][0]})
    expect(measured.locator(".pages")).to_be_visible()
    number = measured.locator("#main .slip-number").inner_text()
    measured.emulate_media(media="print")
    for words in (number, "순자네 수산", "2,578,000원"):
        expect(measured.get_by_text(words).locator("visible=true")).to_have_count(1)
    measured.emulate_media(media="screen")


def walk_of(look: tuple[str, ...], *, is_read: bool) -> dict[str, object]:
    """What kiosk.js walks through: a look and the buttons that lead to each screen with the words that prove it."""
    screens = LARGE_SCREENS if LARGE in look else KIOSK_SCREENS if look else {**KIOSK_SCREENS, "size": MILLIMETRES}
    told = {name: {"path": path, "words": words} for name, (path, words) in screens.items()}
    return {"look": look, "screens": told, "axe": is_read}
