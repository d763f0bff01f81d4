"""기기: taking screens in, choosing what boards show, starting them anew, and hearing when one falls silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

import pytest
from django.test import Client

from jangteo.domains.devices.actions.ask_pairing import ask_pairing
from jangteo.domains.devices.actions.claim_pairing import claim_pairing
from jangteo.domains.devices.board import Part, Plan, Show, Turn, plan_from
from jangteo.domains.devices.models import Screen, ScreenKind
from jangteo.domains.devices.rules import MOST_CLAIMS, SILENT_AFTER
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World

PLAN: Mapping[str, str] = {"start_1": "07:00", "show_1": "market", "turn": "none", "night": "yes"}


def screen(world: World, kind: ScreenKind = ScreenKind.BOARD) -> Screen:
    asked = ask_pairing(kind=kind, caller="192.0.2.9")
    return claim_pairing(market=world.market, actor=SYSTEM, code=asked.code, name="정문 알림판", place="정문 위")


def now(world: World, one: Screen) -> Screen:
    with in_market(world.market.pk):
        return Screen.objects.get(pk=one.pk)


def test_the_digits_bring_a_screen_in(world: World, desk: Client) -> None:
    asked = ask_pairing(kind=ScreenKind.BOARD, caller="192.0.2.9")
    told = {"code": f"{asked.code[:3]} {asked.code[3:]}", "name": "남문 알림판", "place": "남문 기둥"}

    answer = desk.post("/office/screens/pair/", told)

    with in_market(world.market.pk):
        made = Screen.objects.get()
    assert (made.name, made.place) == ("남문 알림판", "남문 기둥")
    assert answer["Location"] == f"/office/screens/{made.pk}/?done=screen_paired"
    page = desk.get(answer["Location"]).content.decode()
    assert "짝을 맞췄어요" in page
    assert "남문 알림판" in desk.get("/office/screens/").content.decode()


def test_wrong_digits_are_told_beside_their_field(world: World, desk: Client) -> None:
    answer = desk.post("/office/screens/pair/", {"code": "123", "name": "알림판", "place": "정문"})

    assert answer.status_code == 422
    assert "번호가 하나 틀렸어요" in answer.content.decode()


def test_digits_cannot_be_found_by_trying(world: World, desk: Client) -> None:
    asked = ask_pairing(kind=ScreenKind.BOARD, caller="192.0.2.9")
    told = {"name": "알림판", "place": "정문"}
    for _ in range(MOST_CLAIMS):
        desk.post("/office/screens/pair/", {"code": "100008", **told})

    answer = desk.post("/office/screens/pair/", {"code": asked.code, **told})

    assert answer.status_code == 422
    assert "조금 전에 여러 번 하셨어요" in answer.content.decode()


def test_what_a_board_shows_when_is_kept(world: World, desk: Client) -> None:
    board = screen(world)
    told = {
        "name": "정문 알림판",
        "place": "정문 위",
        "start_1": "17:00",
        "show_1": "numbers",
        "start_2": "06:30",
        "show_2": f"stall:{world.fish.pk}",
        "lines": "5시 떨이\n\n 고등어 두 손 12,000원 ",
        "turn": "left",
        "night": "no",
    }

    answer = desk.post(f"/office/screens/{board.pk}/", told)

    assert answer.status_code == 302
    parts = (Part(time(6, 30), Show.STALL, world.fish.pk), Part(time(17), Show.NUMBERS))
    kept = plan_from(now(world, board).setting)
    assert kept == Plan(parts, ("5시 떨이", "고등어 두 손 12,000원"), Turn.LEFT, False)
    page = desk.get(f"/office/screens/{board.pk}/").content.decode()
    assert "아침 6시 30분부터" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("lines", "가" * 41, "한 줄은 40자까지예요"),
        ("lines", "\n".join("가나다라마바"), "다섯 줄까지 적을 수 있어요"),
        ("start_1", "", "시간을 골라 주세요"),
        ("name", "", "기기 이름을 적어 주세요"),
    ],
)
def test_what_cannot_be_shown_is_told(world: World, desk: Client, field: str, value: str, said: str) -> None:
    board = screen(world)
    told = {"name": "정문 알림판", "place": "정문 위", **PLAN, field: value}

    answer = desk.post(f"/office/screens/{board.pk}/", told)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_kiosk_has_a_name_and_a_place_only(world: World, desk: Client) -> None:
    kiosk = screen(world, ScreenKind.KIOSK)

    answer = desk.post(f"/office/screens/{kiosk.pk}/", {"name": "북문", "place": "북문 앞", **PLAN})

    assert answer.status_code == 302
    assert (now(world, kiosk).name, now(world, kiosk).setting) == ("북문", {})


def test_a_screen_is_started_anew_and_taken_down(world: World, desk: Client) -> None:
    board = screen(world)

    desk.post(f"/office/screens/{board.pk}/reload/")
    assert now(world, board).reload_asked_at is not None
    desk.post(f"/office/screens/{board.pk}/retire/")
    assert now(world, board).retired_at is not None
    assert desk.get(f"/office/screens/{board.pk}/").status_code == 404


def test_a_silent_screen_needs_a_hand_while_the_market_trades(world: World, desk: Client) -> None:
    with clock.at(NOON):
        screen(world)
    with clock.at(NOON + SILENT_AFTER):
        assert "조용한 기기" not in desk.get("/office/").content.decode()
    with clock.at(NOON + SILENT_AFTER + timedelta(seconds=1)):
        assert "조용한 기기" in desk.get("/office/").content.decode()
        assert "대답이 없어요" in desk.get("/office/screens/").content.decode()
    at_night = NOON.replace(hour=14, minute=45)
    with clock.at(at_night):
        assert "조용한 기기" not in desk.get("/office/").content.decode()
