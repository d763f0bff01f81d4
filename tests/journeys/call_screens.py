"""Screens of the telephone desk."""

from __future__ import annotations

from playwright.sync_api import Page

from jangteo.domains.calls.tests.telephone import CALLER, phoned
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, office, press


def _known(scenes: Scenes) -> str:
    """Somebody calls who has called before."""
    phoned(scenes.world, (scenes.world.mackerel, 1), (scenes.world.hairtail, 1))
    return "calls/"


def _placed(scenes: Scenes) -> str:
    return f"calls/{phoned(scenes.world, (scenes.world.mackerel, 1)).order_id}/"


def _like_last_time(page: Page, _scenes: Scenes) -> None:
    # What the page's own script does at its start moves the focus.
    page.wait_for_load_state("load")
    field = page.get_by_label("전화번호", exact=True)
    field.fill(CALLER)
    field.press("Enter")
    page.locator("[data-key=F2]").wait_for()
    page.keyboard.press("F2")
    page.locator(".call-line").first.wait_for()


CALL_SCREENS: dict[str, Screen] = {
    "telephone desk": office(lambda s: "calls/", "누구세요?"),
    "telephone desk with an error": office(lambda s: "calls/", "바구니", press("주문 넣기")),
    "telephone desk, like last time": office(_known, "맞으세요?", _like_last_time),
    "phone order": office(_placed, "읽어 드린 말"),
}
