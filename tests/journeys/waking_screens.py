"""The row that asks whether a phone may ring with its screen off, in the states that browsers bring it into."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.scenes import Scenes
from tests.journeys.screens import Screen, Then, Who

# Here no browser has a worker, without which the row does not show itself.
SHOWS = """([state, buttons]) => {
  const row = document.querySelector("[data-waking]");
  for (const words of row.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== state;
  for (const button of row.querySelectorAll("[data-do]")) button.hidden = !buttons.includes(button.dataset.do);
  row.hidden = false;
}"""


def says(state: str, *buttons: str) -> Then:
    def then(page: Page, _: Scenes) -> None:
        page.evaluate(SHOWS, [state, buttons])

    return then


def at(address: str, words: str, then: Then) -> Screen:
    return Screen(Who.STALL, lambda scenes: address, words, then)


WAKING_SCREENS: dict[str, Screen] = {
    "today, may it ring": at("/stall/", "앞치마 속에서도 새 주문이 울려요.", says("off", "on", "later")),
    "more, may not ring": at("/stall/more/", "이 전화기가 알림을 막아 뒀어요.", says("denied")),
}
