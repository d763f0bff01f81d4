"""Every screen, measured the way a thumb, an old eye and a screen reader meet it.

The numbers are the rules of the design: what is pressed is at least 48 px each way (64 px with large letters, which a
stall's phone always has), neighbours stay 8 px apart (16 px), no text is smaller than 15 px and running text is 17 px
(21 px). Links inside a sentence are as high as their line, which WCAG 2.5.8 allows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import OFFICE_COOKIE, STALL_COOKIE
from jangteo.faces.shop.basket import COOKIE as BASKET_COOKIE
from jangteo.faces.shop.my_orders import COOKIE as ORDERS_COOKIE
from tests.journeys.board_screens import BOARD_SCREENS
from tests.journeys.call_screens import CALL_SCREENS
from tests.journeys.carrier_screens import CARRIER_SCREENS
from tests.journeys.counter_screens import COUNTER_SCREENS
from tests.journeys.coupon_screens import COUPON_SCREENS
from tests.journeys.courier_screens import COURIER_SCREENS
from tests.journeys.delivery_screens import DELIVERY_SCREENS
from tests.journeys.event_screens import EVENT_SCREENS
from tests.journeys.helper_screens import HELPER_SCREENS
from tests.journeys.hub_screens import HUB_SCREENS
from tests.journeys.money_screens import MONEY_SCREENS
from tests.journeys.my_data_screens import MY_DATA_SCREENS
from tests.journeys.news_screens import NEWS_SCREENS
from tests.journeys.phone import Phone, Phones
from tests.journeys.photo_screens import SCREENS as PHOTO_SCREENS
from tests.journeys.practice_screens import PRACTICE_SCREENS
from tests.journeys.rebate_screens import REBATE_SCREENS
from tests.journeys.refund_screens import REFUND_SCREENS
from tests.journeys.said_screens import SAID_SCREENS
from tests.journeys.say_screens import SAY_SCREENS
from tests.journeys.scenes import Scenes
from tests.journeys.screens import SCREENS, Who
from tests.journeys.stall_day_screens import STALL_DAY_SCREENS
from tests.journeys.stamp_screens import STAMP_SCREENS
from tests.journeys.street import LAST_ONES, LONG, OIL, SOLD_OUT
from tests.journeys.till_coupon_screens import TILL_COUPON_SCREENS
from tests.journeys.till_screens import TILL_SCREENS
from tests.journeys.town import Town, busy_town
from tests.journeys.waking_screens import WAKING_SCREENS
from tests.journeys.whatif_screens import WHATIF_SCREENS
from tests.world import device_of

MEASURE, READ = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("measure.js", "read.js"))
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# The library is half a megabyte: a page only reads it through, and runs it when it is asked for.
LIBRARY = f"globalThis.loadAxe = () => {{ {AXE} }};"
# Money first: what is sold in the past has to be booked before what is sold today.
EVERY = (
    MONEY_SCREENS
    | SCREENS
    | COUNTER_SCREENS
    | REFUND_SCREENS
    | TILL_SCREENS
    | SAY_SCREENS
    | PHOTO_SCREENS
    | STALL_DAY_SCREENS
    | HELPER_SCREENS
    | HUB_SCREENS
    | COURIER_SCREENS
    | WHATIF_SCREENS
    | BOARD_SCREENS
    | PRACTICE_SCREENS
    | WAKING_SCREENS
    | COUPON_SCREENS
    | STAMP_SCREENS
    | TILL_COUPON_SCREENS
    | SAID_SCREENS
    | NEWS_SCREENS
    | MY_DATA_SCREENS
    | DELIVERY_SCREENS
    | EVENT_SCREENS
    | REBATE_SCREENS
    | CARRIER_SCREENS
    | CALL_SCREENS
)
PHONE, NARROW, DESK, DESK_AT_200 = 360, 320, 1280, 640
HEIGHT = 740
BLANK = "about:blank"


@dataclass(frozen=True, slots=True)
class Look:
    """A look with the least sizes it promises, in CSS pixels."""

    mode: str
    contrast: str
    target: int
    gap: int
    text: float
    body: int

    @property
    def worn(self) -> dict[str, str]:
        """What the page's root says of it."""
        return {"mode": self.mode, "contrast": self.contrast}

    @property
    def rules(self) -> dict[str, float]:
        return {"target": self.target, "gap": self.gap, "text": self.text, "body": self.body}


NORMAL = Look("normal", "normal", 48, 8, 15, 17)
EASY = Look("easy", "normal", 64, 16, 15 * 1.25, 21)
SIZES = (NORMAL, EASY)  # colours change no sizes


@pytest.fixture(scope="module")
def town(
    committed_database: Callable[[str], AbstractContextManager[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """A town of its own, where nobody has sold anything yet: books are kept in the order of days."""
    with committed_database("screens"), busy_town(tmp_path_factory.mktemp("town")) as opened:
        yield opened


@pytest.fixture(scope="module")
def scenes(town: Town) -> Iterator[Scenes]:
    """With the worker at rest, so that every order stays in the state it was brought to."""
    town.worker.kill()
    yield Scenes(town.world)
    town.worker.start()


@pytest.fixture(scope="module")
def windows(browser: Browser, town: Town) -> Iterator[dict[Who, Phone]]:
    """One window for each person, with the measuring scripts in every page."""
    given = Phones(browser, town.address)
    opened = {who: given() for who in Who}
    for one in opened.values():
        for script in (LIBRARY, f"({MEASURE})()", f"({READ})()"):
            one.page.context.add_init_script(script)
    opened[Who.INVITED].page.route(
        "**/merchant/enter*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    yield opened
    given.close()


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Everything whose colours were looked at already, and which stylesheets: see read.js."""
    return set()


@pytest.mark.rule(1, 2, 4, 5, 7, 9, 11, 14, 16, 20, 22, 23, 30)
@pytest.mark.parametrize("name", EVERY)
def test_screen(name: str, scenes: Scenes, windows: dict[Who, Phone], known: set[str]) -> None:
    screen = EVERY[name]
    window = windows[screen.who]
    # A page that follows what is done here would also fetch a cookie of its own, and the form that is sent be refused.
    put_down(other for other in windows.values() if other is not window or screen.then is not None)
    window.complaints.clear()
    window.keep(cookies_of(screen.who, scenes))
    window.page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    window.open(screen.address(scenes))
    if screen.then is not None:
        screen.then(window.page, scenes)
    expect(window.page.locator("body")).to_contain_text(screen.says)

    wrong = tour(window.page, known)

    assert wrong == [], "\n" + "\n".join(wrong)
    assert window.complaints == []


def put_down(others: Iterable[Phone]) -> None:
    """Leave no page open that would follow what is done here."""
    for other in others:
        if other.page.url != BLANK:
            other.page.goto(BLANK)


def cookies_of(who: Who, scenes: Scenes) -> dict[str, str]:
    """What the browser has kept from earlier."""
    world = scenes.world
    match who:
        case Who.FULL_BASKET:
            chosen = [(world.mackerel, 2), (world.hairtail, 1), (world.cabbage, 1), (scenes.good(LONG), 1)]
            return {BASKET_COOKIE: scenes.basket_cookie(*chosen)}
        case Who.BAD_BASKET:
            chosen = [(scenes.good(SOLD_OUT), 1), (scenes.good(LAST_ONES), 7), (scenes.good(OIL), 1), (world.tofu, 1)]
            return {BASKET_COOKIE: scenes.basket_cookie(*chosen)}
        case Who.REGULAR:
            return {ORDERS_COOKIE: scenes.orders_cookie(scenes.closed(), scenes.cancelled(), scenes.accepted())}
        case Who.CUSTOMER:
            return {settings.SESSION_COOKIE_NAME: scenes.session()}
        case Who.SAVER:
            chosen = [(world.mackerel, 2), (world.cabbage, 1), (scenes.good(LONG), 1)]
            return {settings.SESSION_COOKIE_NAME: scenes.session(), BASKET_COOKIE: scenes.basket_cookie(*chosen)}
        case Who.STALL:
            return {STALL_COOKIE: device_of(world, world.fish)}
        case Who.OFFICE:
            return {OFFICE_COOKIE: device_of(world, None, Role.MANAGER)}
        case Who.COURIER:
            return {OFFICE_COOKIE: scenes.courier.secret}
        case Who.NEW_COURIER:
            return {OFFICE_COOKIE: device_of(world, None, Role.COURIER)}
        case Who.NEW_OFFICE:
            return {OFFICE_COOKIE: device_of(scenes.elsewhere, None, Role.MANAGER)}
        case Who.FOUNDER:
            return {OFFICE_COOKIE: scenes.founder()}
    return {}


def tour(page: Page, known: set[str]) -> list[str]:
    """Everything that is wrong with the page that is open, in as few turns of the window as it takes."""
    wrong = found(page, "firstLook()") + by_keyboard(page)
    # Where the walk ended the skip link may be showing; at the end of the page nothing that sticks lies over anything.
    page.evaluate("document.activeElement?.blur(); scrollTo(0, document.body.scrollHeight)")
    read = page.evaluate("(known) => readWhole(known)", sorted(known))
    known.update(read["known"])
    wrong += read["wrong"]
    looks = json.dumps([{"wear": look.worn, "rules": look.rules} for look in SIZES])
    for width, find in ((PHONE, "measure"), (NARROW, "sideways"), (DESK_AT_200, "sideways"), (DESK, "measure")):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wrong += found(page, f"inLooks({looks}, {find})")
    return wrong


def by_keyboard(page: Page) -> list[str]:
    for _ in range(page.evaluate("startWalk()")):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    return found(page, "walked()")


def found(page: Page, script: str) -> list[str]:
    answer: list[str] = page.evaluate(script)
    return answer
