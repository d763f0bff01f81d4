"""Every screen, measured the way a thumb, an old eye and a screen reader meet it.

The numbers are the rules of the design: what is pressed is at least 48 px each way (64 px where large letters are on, as
they always are on a stall's phone), neighbours stay 8 px apart (16 px), no text is smaller than 15 px and running text
is 17 px (21 px). Links inside a sentence are as high as their line, which WCAG 2.5.8 allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page

from jangteo.faces._parts.context import MODE_COOKIE
from tests.journeys.phone import Phones
from tests.journeys.scenes import Scenes
from tests.journeys.screens import SCREENS, Screen, Who
from tests.journeys.town import Town

MEASURE = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) => `axe ${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}"""
PHONE, NARROW, DESK, DESK_AT_200 = 360, 320, 1280, 640
HEIGHT = 740


@dataclass(frozen=True, slots=True)
class Look:
    """A look with the least sizes it promises, in CSS pixels."""

    mode: str
    contrast: str
    target: int
    gap: int
    text: float
    body: int

    @property
    def rules(self) -> dict[str, float]:
        return {"target": self.target, "gap": self.gap, "text": self.text, "body": self.body}


NORMAL = Look("normal", "normal", 48, 8, 15, 17)
EASY = Look("easy", "normal", 64, 16, 15 * 1.25, 21)
HIGH_CONTRAST = Look("normal", "high", 48, 8, 15, 17)
LOOKS = (NORMAL, EASY, HIGH_CONTRAST)


@pytest.fixture(scope="module")
def scenes(town: Town) -> Iterator[Scenes]:
    """With the worker at rest, so that every order stays in the state it was brought to."""
    town.worker.stop()
    yield Scenes(town.world)
    town.worker.start()


@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, scenes: Scenes, phone: Phones) -> None:
    screen = SCREENS[name]
    held = phone(cookies=screen.who.cookies(scenes.world))
    page = held.open(screen.address(scenes)).page
    assert page.title()

    wrong = tour(page)

    assert wrong == [], "\n" + "\n".join(wrong)


def tour(page: Page) -> list[str]:
    """Everything that is wrong with the page that is open."""
    page.evaluate(MEASURE)
    page.evaluate(AXE)
    wrong = page.evaluate("firstLook()") + by_keyboard(page)
    for look in LOOKS:
        page.evaluate(
            "look => Object.assign(document.documentElement.dataset, look)",
            {"mode": look.mode, "contrast": look.contrast},
        )
        wrong += [f"{look.mode} {look.contrast}: {one}" for one in [*page.evaluate(RUN_AXE), *sizes(page, look)]]
    return wrong


def sizes(page: Page, look: Look) -> list[str]:
    """Colours change no sizes, so the strong contrast is not measured again."""
    if look is HIGH_CONTRAST:
        return []
    wrong = []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wrong += [f"{width}px: {one}" for one in page.evaluate("rules => measure(rules)", look.rules)]
    for width in (DESK_AT_200, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wrong += [f"{width}px: {one}" for one in page.evaluate("sideways()")]
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    return wrong


def by_keyboard(page: Page) -> list[str]:
    for _ in range(page.evaluate("stops()")):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate("walked()")
    return found
