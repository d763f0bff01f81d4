"""A television joins the market by six digits and hangs there as a board."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from scripts.shots.camera import keep
from scripts.shots.market import Market

NEWS = "오늘 저녁 5시 떨이 · 고등어 두 손 12,000원"


def hang_up(market: Market, office: Page, television: Page) -> None:
    """Leaves a board behind."""
    television.goto(f"{market.url}/b/")
    digits = television.locator(".pairing-code")
    digits.wait_for()
    keep(television, "board-pair")
    office.goto(f"{market.url}/office/screens/pair/")
    office.locator("[name=code]").fill(re.sub(r"\s", "", digits.inner_text()))
    office.locator("[name=name]").fill("정문 알림판")
    office.locator("[name=place]").fill("정문 위 기둥")
    office.get_by_role("button", name="짝 맞추기").click()
    office.wait_for_url(re.compile(r"/office/screens/\d+/"))
    office.locator("[name=lines]").fill(NEWS)
    office.get_by_role("button", name="이대로 하기").click()
    television.locator("body[data-kept]").wait_for()
    television.reload()
    television.get_by_text(NEWS).first.wait_for()
    keep(television, "board")
