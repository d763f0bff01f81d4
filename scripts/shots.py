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
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from jangteo.project.addresses import next_free

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "docs" / "shots"
MOST_BYTES = 60_000
# Best first; the first that fits into MOST_BYTES is taken.
QUALITIES = (80, 70, 60, 50, 40, 30)
PHONE = ViewportSize(width=390, height=844)
PHONE_SCALE = 1.5
DESK = ViewportSize(width=1280, height=800)
BROWSER = ("--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--hide-scrollbars", "--font-render-hinting=none")
# By stall code; the first stall is the one whose phone is shown, and its 갈치 is sold by weight.
BASKET = {"203616": ("갈치 1마리", "고등어 1손"), "338158": ("대파 한 단",), "781756": ("손두부 1모",)}
GRAMS = "468"


@dataclass(frozen=True, slots=True)
class Market:
    """A running demo market and two unused ways in."""

    url: str
    owner_link: str
    office_link: str

    @property
    def front(self) -> str:
        return f"{self.url}/jangteo/"


@dataclass(frozen=True, slots=True)
class People:
    """The four who are looking, each in a browser of their own."""

    customer: Page
    merchant: Page
    desk: Page
    office: Page


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
        environment = {**os.environ, "JANGTEO_VAR": f"{folder}/var"}
        environment.pop("DATABASE_URL", None)
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            links = printed_links(process)
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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(BROWSER))
        people = People(
            customer=phone(browser).new_page(),
            merchant=phone(browser).new_page(),
            desk=browser.new_context(viewport=DESK, **LOOK).new_page(),
            office=browser.new_context(viewport=DESK, **LOOK).new_page(),
        )
        look_around(market, browser, people)
        order_and_weigh(market, people)
        people.office.goto(market.office_link)
        people.office.wait_for_url("**/office/")
        keep(people.office, "office")
        browser.close()


class _Look(dict[str, str]):
    """Keyword arguments that every browser context shares."""


LOOK = {"locale": "ko-KR", "timezone_id": "Asia/Seoul", "reduced_motion": "reduce"}
