"""The kiosk's pictures for its guide: a screen that has just been taken in, and one order from the first touch on."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, ViewportSize

from scripts.shots.camera import keep
from scripts.shots.market import Market

# An upright screen of 21.5 inches, kept at half its size.
KIOSK = ViewportSize(width=1080, height=1920)
KIOSK_SCALE = 0.5
NAME, PLACE = "정문 키오스크", "정문 옆"
DIGITS = ".pairing-code"


def buy_at_the_kiosk(market: Market, browser: Browser, office: Page) -> None:
    """The office takes the screen in, then somebody buys at it. Leaves a kiosk and an order behind."""
    kiosk = browser.new_page(
        viewport=KIOSK,
        device_scale_factor=KIOSK_SCALE,
        has_touch=True,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
    )
    kiosk.goto(f"{market.url}/k/")
    pair(market.url, kiosk, office)
    main = kiosk.locator("#go .btn-main")
    main.wait_for()
    kiosk.get_by_role("button", name="화면 크기 맞추기").click()
    keep(kiosk, "kiosk-measure")
    main.click()
    kiosk.get_by_role("heading", name="잘 오셨어요").wait_for()
    keep(kiosk, "kiosk-start")
    main.click()
    goods = kiosk.locator(".card[data-digit]")
    goods.first.wait_for()
    keep(kiosk, "kiosk-choose")
    goods.first.click()
    kiosk.get_by_role("button", name="담기").click()
    kiosk.get_by_role("heading", name="이대로 드릴까요?").wait_for()
    keep(kiosk, "kiosk-check")
    main.click()
    kiosk.get_by_role("button", name="현금").click()
    kiosk.locator(".slip-number").wait_for()
    keep(kiosk, "kiosk-ticket")


def pair(url: str, kiosk: Page, office: Page) -> None:
    """Type the six digits that the kiosk shows into the office; the kiosk goes on by itself."""
    digits = "".join(kiosk.locator(DIGITS).inner_text().split())  # waits until the screen has asked for them
    office.goto(f"{url}/office/screens/pair/")
    for label, text in (("화면에 나온 번호 여섯 자리", digits), ("기기 이름", NAME), ("있는 곳", PLACE)):
        office.get_by_label(label).fill(text)
    office.get_by_role("main").get_by_role("button", name="짝 맞추기").click()
    kiosk.locator(DIGITS).wait_for(state="detached")
