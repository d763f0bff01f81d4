"""Screens of the till: the goods, the pad, taking the money, who the customer is, and no network."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Then, Who

TILL = "/stall/till/"


def till(says: str, then: Then | None = None, path: str = TILL) -> Screen:
    return Screen(Who.STALL, lambda _: path, says, then)


def pad(name: str) -> Then:
    return lambda page, _: page.locator(".till-good", has_text=name).first.click()


def paying(page: Page, _: Scenes) -> None:
    # The same phone shows all of these, and keeps what was put down before.
    page.evaluate("sessionStorage.clear()")
    page.reload()
    page.locator(".till-free").click()
    for key in ("1", "2", "00", "0"):
        page.locator(f'[data-pad="{key}"]').click()
    page.get_by_role("button", name="담기", exact=True).click()
    page.get_by_role("button", name="돈 받기").click()
    page.get_by_role("button", name="5만 원", exact=True).click()


def knowing(page: Page, scenes: Scenes) -> None:
    paying(page, scenes)
    page.get_by_role("button", name="전화번호로 단골 적기").click()


def undone(page: Page, scenes: Scenes) -> None:
    """Taken back in time, so that nothing of it stays in the town."""
    paying(page, scenes)
    page.get_by_role("button", name="현금 받았어요").locator("visible=true").click()
    page.get_by_role("button", name="되돌리기").click()


TILL_SCREENS: dict[str, Screen] = {
    "till": till("오늘 현장에서 받은 돈"),
    "till, weighing": till("저울", pad("갈치")),
    "till, known by number": till("좋대요, 적기", knowing),
    "till, undone": till("되돌렸어요. 담은 물건이 그대로 있어요.", undone),
    "offline": till("현장 계산은 지금도 돼요.", path="/stall/offline/"),
}
