"""A helper's day: somebody calls, the guide, the code that the owner reads out, and acting under the ribbon."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from scripts.shots.camera import keep
from scripts.shots.market import Market


def help_out(market: Market, helper: Page, merchant: Page) -> None:
    """One call is answered, and the helper acts for the stall until the owner ends it."""
    merchant.goto(f"{market.url}/help/jangteo/")
    merchant.get_by_role("button", name="물건·값").click()
    merchant.get_by_text("도우미를 부르고 있어요").wait_for()
    helper.goto(f"{market.url}/h/")
    helper.get_by_role("button", name="제가 갈게요").wait_for()
    keep(helper, "helper-queue")
    helper.get_by_role("button", name="제가 갈게요").click()
    helper.get_by_role("link", name="이 가게").click()
    helper.wait_for_url("**/stalls/*/")
    stall = helper.url
    helper.goto(f"{market.url}/h/guides/price/?step=2")
    keep(helper, "helper-guide")
    act_for(market, stall, helper, merchant)
    helper.goto(f"{stall}visit/")
    helper.get_by_label("값·품절").check()
    keep(helper, "helper-visit")
    helper.goto(f"{market.url}/h/")
    helper.get_by_role("button", name="도와드렸어요").click()


def act_for(market: Market, stall: str, helper: Page, merchant: Page) -> None:
    merchant.goto(f"{market.url}/stall/helper/")
    merchant.get_by_role("button", name="대신 하게 번호 보기").click()
    digits = merchant.locator(".consent-digits")
    digits.wait_for()
    keep(merchant, "stall-code")
    helper.goto(f"{stall}act/")
    helper.get_by_label("여섯 자리 번호").fill(re.sub(r"\s", "", digits.inner_text()))
    keep(helper, "helper-code")
    helper.get_by_role("button", name="대신 하기 시작").click()
    helper.wait_for_url("**/stall/**")
    keep(helper, "helper-acting")
    merchant.goto(f"{market.url}/stall/")
    merchant.get_by_role("button", name="끝내기").click()
