"""Screens of boards, and of the office that hangs them up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from playwright.sync_api import Page, expect

from jangteo.domains.devices.board import Part, Plan, Show
from jangteo.domains.devices.models import Screen as Device
from jangteo.domains.ordering.wanted import PlacedOrder
from tests.journeys.hung_up import board
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Who

NEWS = ("5시 떨이 · 고등어 두 손 12,000원", "공영 주차장 두 시간 무료")


def digits_are_there(page: Page, _: Scenes) -> None:
    """It asks for them by itself, and is another page then."""
    expect(page.locator(".pairing-code")).to_be_visible()


def preview(part: Callable[[Scenes], Part], says: str, *states: Callable[[Scenes], PlacedOrder]) -> Screen:
    def address(scenes: Scenes) -> str:
        for state in states:
            state(scenes)
        return f"/b/preview/{board(scenes.world, Plan((part(scenes),), NEWS)).pk}/"

    return Screen(Who.OFFICE, address, says)


def office(path: str, says: str) -> Screen:
    def address(scenes: Scenes) -> str:
        made: Device = board(scenes.world, Plan((Part(time(6), Show.MARKET), Part(time(17), Show.NUMBERS)), NEWS))
        return f"/office/screens/{path.format(made.pk)}"

    return Screen(Who.OFFICE, address, says)


BOARD_SCREENS: dict[str, Screen] = {
    "a board without a market": Screen(Who.SHOPPER, lambda _scenes: "/b/", "이 알림판의 번호예요", digits_are_there),
    "board of a stall": preview(lambda s: Part(time(0), Show.STALL, s.world.greens.pk), "푸른채소"),
    "board of the market": preview(lambda _s: Part(time(0), Show.MARKET), "오늘 좋은 것"),
    "board of numbers": preview(lambda _s: Part(time(0), Show.NUMBERS), "나왔어요", Scenes.ready, Scenes.accepted),
    "board of news": preview(lambda _s: Part(time(0), Show.LINES), "5시 떨이"),
    "the office's screens": office("", "정문 알림판"),
    "a screen in the office": office("{}/", "언제 무엇을 보여 줄까요?"),
    "pairing in the office": office("pair/", "화면에 나온 번호 여섯 자리"),
}
