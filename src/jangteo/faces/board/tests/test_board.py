"""A board: six digits at first, then what the office has chosen for this time of day."""

from __future__ import annotations

from datetime import time

import pytest
from django.test import Client

from jangteo.domains.catalog.actions.set_price import set_price
from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.devices.actions.change_screen import ScreenFacts, change_screen
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.actions.retire_screen import retire_screen
from jangteo.domains.devices.board import Part, Plan, Show, setting_of
from jangteo.domains.devices.models import Pairing, Screen
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.people.models import Role
from jangteo.faces.board.pictures import LINES_A_PAGE, pages
from jangteo.kernel import clock, ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, device_of, order


@pytest.fixture
def browser() -> Client:
    """Of a television: it knows the address and nothing else."""
    client = Client()
    assert client.post("/b/pair/").status_code == 302
    return client


def hung_up(world: World, browser: Client, *parts: Part, **plan: object) -> Screen:
    """Pair the browser and let it show these parts."""
    digest = ids.token_digest(browser.cookies["board_screen"].value)
    code = Pairing.objects.get(secret_hash=digest).code
    made = claim_pairing(market=world.market, actor=SYSTEM, code=code, name="알림판", place="정문")
    setting = setting_of(Plan(parts=parts or Plan().parts, **plan))  # type: ignore[arg-type]  # fields by name
    facts = ScreenFacts(setting=setting)
    return change_screen(market=world.market, actor=SYSTEM, screen_id=made.pk, facts=facts)


def text(browser: Client) -> str:
    return browser.get("/b/").content.decode()


def test_a_browser_gets_digits_once_it_asks(world: World) -> None:
    client = Client()
    assert "번호 받기" in client.get("/b/").content.decode()
    assert Pairing.objects.count() == 0

    client.post("/b/pair/")
    client.post("/b/pair/")

    code = Pairing.objects.get().code
    page = text(client)
    assert f"<span>{code[:3]}</span> <span>{code[3:]}</span>" in page
    assert client.get("/b/paired/").json() == {"state": "waiting"}
    assert client.cookies["board_screen"]["httponly"]


def test_it_goes_on_once_the_digits_are_typed(world: World, browser: Client) -> None:
    board = hung_up(world, browser)

    assert browser.get("/b/paired/").json() == {"state": "paired"}
    answer = browser.get("/b/")
    assert answer["X-Board"] == "1"
    assert "오늘 좋은 것" in answer.content.decode()
    assert browser.post("/b/seen/").json() == {"state": "on", "reload": ""}
    retire_screen(market=world.market, actor=SYSTEM, screen_id=board.pk)
    assert browser.post("/b/seen/").status_code == 403
    assert "X-Board" not in browser.get("/b/")


def test_a_board_is_no_kiosk(world: World, browser: Client) -> None:
    hung_up(world, browser)
    secret = browser.cookies["board_screen"].value

    stranger = Client()
    stranger.cookies["board_screen"] = "?"
    assert stranger.post("/b/seen/").status_code == 403
    assert secret not in text(browser)


def test_a_stalls_menu_has_prices_and_what_is_gone(world: World, browser: Client) -> None:
    hung_up(world, browser, Part(time(0), Show.STALL, world.fish.pk))
    page = text(browser)
    assert "8,000<small>원</small>" in page
    assert "100g" in page
    assert "다 나갔어요" not in page

    set_price(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, price_won=7_500)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.hairtail.pk, state=Good.State.SOLD_OUT)

    page = text(browser)
    assert "7,500<small>원</small>" in page
    assert page.count("다 나갔어요") == 1


def test_a_stall_of_another_market_is_never_shown(world: World, browser: Client) -> None:
    hung_up(world, browser, Part(time(0), Show.STALL, 987_654))

    assert "오늘 좋은 것" in text(browser)


def test_the_time_of_day_chooses(world: World, browser: Client) -> None:
    hung_up(world, browser, Part(time(6), Show.STALL, world.fish.pk), Part(time(17), Show.NUMBERS))
    with clock.at(NOON):
        assert "8,000" in text(browser)
    with clock.at(NOON.replace(hour=9)):
        assert "나왔어요" in text(browser)


def test_numbers_say_nothing_about_people(world: World, browser: Client) -> None:
    hung_up(world, browser, Part(time(0), Show.NUMBERS))
    placed = order(world, (world.tofu, 1))
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id)
    assert f'<b class="num">{placed.number}</b>' not in text(browser)

    accept_part(market=world.market, actor=SYSTEM, part_id=part.pk)
    assert f'<li class="num">{placed.number}</li>' in text(browser)
    ready_part(market=world.market, actor=SYSTEM, part_id=part.pk)

    page = text(browser)
    assert f'<b class="num">{placed.number}</b><span>두부가게</span>' in page
    assert "김하나" not in page
    assert "2000" not in page.replace("2,000", "")


def test_lines_stand_below_or_alone(world: World, browser: Client) -> None:
    board = hung_up(world, browser, lines=("5시 떨이", "주차 두 시간 무료"))
    assert '<p class="line" hidden>주차 두 시간 무료</p>' in text(browser)

    setting = setting_of(Plan((Part(time(0), Show.LINES),), ("5시 떨이",)))
    change_screen(market=world.market, actor=SYSTEM, screen_id=board.pk, facts=ScreenFacts(setting=setting))
    assert '<p class="news-line">5시 떨이</p>' in text(browser)


def test_the_office_looks_at_a_board_before_it_hangs(world: World, browser: Client) -> None:
    board = hung_up(world, browser, Part(time(6), Show.STALL, world.fish.pk), Part(time(17), Show.NUMBERS))
    office = Client()
    office.cookies["office_device"] = device_of(world, None, Role.MANAGER)

    assert "8,000" in office.get(f"/b/preview/{board.pk}/?at=09:00").content.decode()
    assert "나왔어요" in office.get(f"/b/preview/{board.pk}/?at=18:00").content.decode()
    assert "data-live-url" not in office.get(f"/b/preview/{board.pk}/?at=18:00").content.decode()


def test_more_goods_than_a_board_holds_take_turns(world: World) -> None:
    goods = [world.mackerel] * (LINES_A_PAGE + 1)
    with in_market(world.market.pk):
        found = pages(goods)

    assert [len(page.lines) for page in found] == [12, 1]
    assert [page.rows for page in found] == [6, 3]


def test_the_worker_changes_with_its_files(world: World) -> None:
    answer = Client().get("/b/worker.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert "board/board." in answer.content.decode()
