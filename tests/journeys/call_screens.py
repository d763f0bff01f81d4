"""Screens of the telephone desk."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from jangteo.domains.calls.tests.telephone import CALLER, phoned
from jangteo.domains.delivery.models import Place
from jangteo.kernel.tenancy import in_market
from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, office, press
from tests.world import delivers


def _known(scenes: Scenes) -> str:
    """Somebody calls who has called before."""
    phoned(scenes.world, (scenes.world.mackerel, 1), (scenes.world.hairtail, 1))
    return "calls/"


def _placed(scenes: Scenes) -> str:
    return f"calls/{phoned(scenes.world, (scenes.world.mackerel, 1)).order_id}/"


def _like_last_time(page: Page, _scenes: Scenes) -> None:
    # The desk keeps the call that was not placed, here that of the screen before; its start moves the focus.
    page.evaluate("sessionStorage.clear()")
    page.reload(wait_until="load")
    field = page.get_by_label("전화번호", exact=True)
    field.fill(CALLER)
    field.press("Enter")
    page.locator("[data-key=F2]").wait_for()
    page.keyboard.press("F2")
    page.locator(".call-line").first.wait_for()


def _delivers(scenes: Scenes) -> str:
    with in_market(scenes.world.market.pk):
        known = Place.objects.filter(name="장터동").exists()
    if not known:
        delivers(scenes.world)
    return _known(scenes)


def _to_be_brought(where: str) -> Callable[[Page, Scenes], None]:
    def asked(page: Page, scenes: Scenes) -> None:
        _like_last_time(page, scenes)
        page.get_by_text("가져다드려요", exact=True).click()
        field = page.get_by_label("어디로 가져다드릴까요?")
        field.fill(where)
        field.press("Enter")

    return asked


CALL_SCREENS: dict[str, Screen] = {
    "telephone desk": office(lambda s: "calls/", "누구세요?"),
    "telephone desk with an error": office(lambda s: "calls/", "전화번호를 다시 봐 주세요", press("주문 넣기")),
    "telephone desk, like last time": office(_known, "맞으세요?", _like_last_time),
    "telephone desk, to be brought": office(
        _delivers, "언제 가져다드릴까요?", _to_be_brought("장터동 은행나무 아파트 상가 뒤 빨간 벽돌집 2층 안쪽 문")
    ),
    "telephone desk, too far away": office(_delivers, "아직 배달하지 못해요", _to_be_brought("먼동 3호")),
    "phone order": office(_placed, "읽어 드린 말"),
}
