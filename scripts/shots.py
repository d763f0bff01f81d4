"""Takes the pictures of the README: one order from the market's front page to the stall's scale and the office.

Without --url it makes a market of its own in a temporary folder. With it, it takes the demo market that runs there and
needs its entry links of 바다네 생선 and of the association; it then leaves an order behind.
usage: .venv/bin/python scripts/shots.py [--url http://localhost:8000 --owner-link LINK --office-link LINK]
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from jangteo.project.addresses import next_free

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "docs" / "shots"
MOST_BYTES = 60_000
# Best first; the first that fits into MOST_BYTES is taken.
QUALITIES = (80, 70, 60, 50, 40, 30)
PHONE = ViewportSize(width=390, height=844)
PHONE_SCALE = 1.5
DESK = ViewportSize(width=1280, height=800)
LOW_DESK = ViewportSize(width=1280, height=560)
BROWSER = (
    "--no-sandbox",
    "--disable-gpu",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--font-render-hinting=none",
)
# By stall code; the first stall is the one whose phone is shown, and its 갈치 is sold by weight.
BASKET = {"203616": ("갈치 1마리", "고등어 1손"), "338158": ("대파 한 단",), "781756": ("손두부 1모",)}
GRAMS = "468"
LOCAL_WON = "10000"
# A market looks different at night and on every day: in the pictures it is always this Friday morning.
MORNING = datetime(2026, 11, 20, 10, 5, tzinfo=ZoneInfo("Asia/Seoul"))
EARLIER_ORDERS = 30
# Found by every Python process that has its folder on the path. Time goes on, but from that morning.
SHIFT = """import time_machine
from datetime import datetime, timedelta, timezone
time_machine.travel(datetime.now(timezone.utc) + timedelta(seconds={seconds})).start()
"""


@dataclass(frozen=True, slots=True)
class Market:
    """A running demo market and two unused ways in."""

    url: str
    owner_link: str
    office_link: str

    @property
    def front(self) -> str:
        return f"{self.url}/jangteo/"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url")
    parser.add_argument("--owner-link")
    parser.add_argument("--office-link")
    given = parser.parse_args()
    if given.url and not (given.owner_link and given.office_link):
        parser.error("--url needs --owner-link and --office-link")
    SHOTS.mkdir(parents=True, exist_ok=True)
    if given.url:
        take(Market(given.url.rstrip("/"), given.owner_link, given.office_link))
        return
    with market_of_our_own() as market:
        take(market)


@contextmanager
def market_of_our_own() -> Iterator[Market]:
    """`jangteo up` with a fresh demo market on free ports; stopped and thrown away afterwards."""
    port = next_free("127.0.0.1", 18400) or sys.exit("no free port")
    command = [str(ROOT / ".venv/bin/jangteo"), "up", "--host", "127.0.0.1", "--port", str(port)]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the database server may be another user
        seconds = (MORNING - datetime.now(UTC)).total_seconds()
        (Path(folder) / "sitecustomize.py").write_text(SHIFT.format(seconds=seconds))
        environment = {**os.environ, "JANGTEO_VAR": f"{folder}/var", "PYTHONPATH": folder}
        environment.pop("DATABASE_URL", None)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            links = printed_links(process)
            earlier = [command[0], "day", "--orders", str(EARLIER_ORDERS), "--speed", "0"]
            subprocess.run(earlier, env=environment, check=True, stdout=subprocess.DEVNULL)
            yield Market(f"http://127.0.0.1:{port}", links[0], links[-1])
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


def printed_links(process: subprocess.Popen[str]) -> list[str]:
    """The entry links that `jangteo up` prints when it is ready: stalls in the order of the map, the office last."""
    output, links = process.stdout or io.StringIO(), []
    for line in output:
        links += re.findall(r"http://\S+/in/\S+/", line)
        if "Ctrl+C" in line:
            return links
    sys.exit("jangteo up ended before the market was open")


def take(market: Market) -> None:
    """Walk through the market and keep every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(BROWSER))
        merchant = window(browser, PHONE)
        merchant.goto(market.owner_link)
        merchant.wait_for_url("**/stall/")
        merchant.locator("[data-ring='on']").click()
        look_around(market, browser)
        order_and_weigh(market, window(browser, PHONE), merchant)
        office = window(browser, LOW_DESK)
        office.goto(market.office_link)
        office.wait_for_url("**/office/")
        keep(office, "office")
        office.goto(f"{market.url}/office/money/")
        office.get_by_role("link", name="하루 앞").click()
        keep(office, "money")
        browser.close()


def look_around(market: Market, browser: Browser) -> None:
    """The front page on a phone, in easy mode and on a desk."""
    for name, size, easy in (("front", PHONE, False), ("easy", PHONE, True), ("desk", DESK, False)):
        page = window(browser, size)
        if easy:
            page.context.add_cookies([{"name": "mode", "value": "easy", "url": market.url}])
        page.goto(market.front)
        keep(page, name)


def order_and_weigh(market: Market, customer: Page, merchant: Page) -> None:
    """One basket over three stalls becomes an order; the first stall hears of it, accepts and weighs."""
    for stall, goods in BASKET.items():
        customer.goto(f"{market.front}stall/{stall}/")
        for good in goods:
            customer.get_by_role("button", name=f"{good} 담기", exact=True).click()
            customer.get_by_role("button", name=re.compile(f"^{good}, 바구니에")).wait_for()
    customer.goto(f"{market.front}basket/")
    keep(customer, "basket")
    split_the_money(market, customer)
    customer.goto(f"{market.front}checkout/")
    customer.get_by_label("이름").fill("하늘")
    customer.get_by_label("전화번호").fill("010-0000-0007")
    customer.get_by_role("button", name="주문하기").click()
    customer.wait_for_url("**/order/**")
    merchant.get_by_role("button", name="주문 받기").wait_for()
    keep(merchant, "new-order")
    merchant.get_by_role("button", name="주문 받기").click()
    merchant.get_by_role("link", name="갈치 무게 달기").first.click()
    for digit in GRAMS:
        merchant.locator(f"[data-key='{digit}']").click()
    keep(merchant, "scale")
    merchant.get_by_role("button", name="됐어요").click()
    merchant.wait_for_url("**/stall/")
    customer.reload()
    keep(customer, "order")


def split_the_money(market: Market, customer: Page) -> None:
    """What each kind of money would pay at the checkout, and why."""
    customer.goto(f"{market.front}checkout/")
    customer.get_by_text("지금 카드로 내기").click()
    customer.locator("label", has_text="지역화폐").first.click()
    customer.get_by_label("얼마 있으세요?").locator("visible=true").fill(LOCAL_WON)
    customer.locator("#split").get_by_text("카드").first.wait_for()
    keep(customer, "split", top=".mix")


def window(browser: Browser, size: ViewportSize) -> Page:
    """A page in a browser of its own: nobody else's cookies."""
    context = browser.new_context(
        viewport=size,
        device_scale_factor=PHONE_SCALE if size is PHONE else 1,
        has_touch=size is PHONE,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        reduced_motion="reduce",
    )
    return context.new_page()


def keep(page: Page, name: str, top: str = "body") -> None:
    """Save the window from the element `top` on, once its pictures and fonts are there.

    Exits when it will not get small enough.
    """
    page.mouse.move(0, 0)
    page.evaluate("() => { document.activeElement?.blur(); return document.fonts.ready; }")
    page.locator(top).evaluate("(first) => first.scrollIntoView({ block: 'start' })")
    page.wait_for_function(
        "() => [...document.images].every((i) => i.loading === 'lazy' || (i.complete && i.naturalWidth))"
    )
    page.wait_for_load_state("load")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
    for quality in QUALITIES:
        small = io.BytesIO()
        picture.save(small, "WEBP", quality=quality, method=6)
        if small.tell() <= MOST_BYTES:
            (SHOTS / f"{name}.webp").write_bytes(small.getvalue())
            print(f"docs/shots/{name}.webp  {picture.width} x {picture.height}, {small.tell():,} bytes")
            return
    sys.exit(f"{name} does not fit into {MOST_BYTES:,} bytes")


if __name__ == "__main__":
    main()
