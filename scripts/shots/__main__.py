"""Takes the pictures of the README and of the guides.

Without --url it makes a market of its own in a temporary folder. With it, it takes the demo market that runs there and
needs its entry links of 바다네 생선, of the association and of the helper; it then leaves an order and a board behind.
usage: .venv/bin/python -m scripts.shots
       [--url http://localhost:8000 --owner-link LINK --office-link LINK --helper-link LINK]
"""

from __future__ import annotations

import argparse
import shutil

from playwright.sync_api import sync_playwright

from scripts.shots.boards import hang_up
from scripts.shots.camera import BROWSER, LOW_DESK, PHONE, SHOTS, TELEVISION, window
from scripts.shots.helping import help_out
from scripts.shots.kiosk import buy_at_the_kiosk
from scripts.shots.market import Market, market_of_our_own
from scripts.shots.order import look_around, look_into_the_office, order_and_weigh
from scripts.shots.stall import stall_day


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("url", "owner-link", "office-link", "helper-link"):
        parser.add_argument(f"--{name}")
    given = parser.parse_args()
    links = (given.owner_link, given.office_link, given.helper_link)
    if given.url and not all(links):
        parser.error("--url needs --owner-link, --office-link and --helper-link")
    SHOTS.mkdir(parents=True, exist_ok=True)
    if given.url:
        take(Market(given.url.rstrip("/"), *links))
        return
    with market_of_our_own() as market:
        take(market)


def take(market: Market) -> None:
    """Walk through the market and keep every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(BROWSER))
        merchant, office, helper = window(browser, PHONE), window(browser, LOW_DESK), window(browser, PHONE)
        for page, link, first in (
            (merchant, market.owner_link, "**/stall/"),
            (office, market.office_link, "**/office/"),
            (helper, market.helper_link, "**/h/"),
        ):
            page.goto(link)
            page.wait_for_url(first)
        merchant.locator("[data-ring='on']").click()
        look_around(market, browser)
        stall_day(market, merchant)
        merchant.goto(f"{market.url}/stall/")
        order_and_weigh(market, window(browser, PHONE), merchant)
        look_into_the_office(market, office)
        help_out(market, helper, merchant)
        hang_up(market, office, window(browser, TELEVISION))
        buy_at_the_kiosk(market, browser, office)
        browser.close()


if __name__ == "__main__":
    main()
