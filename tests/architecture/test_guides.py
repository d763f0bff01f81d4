"""What guides tell people to press has the same name on the screens."""

from __future__ import annotations

import re
from functools import cache

import pytest

from jangteo.faces.helper.scripts import guides
from scripts import messages
from tests.architecture.sources import ROOT

PRESSED = re.compile(r"\*\*([^*]+)\*\*")
QUOTED = re.compile(r"‘([^’]+)’")
FILLED_IN = re.compile(r"%[(]\w+[)]s")
BUTTONS = {"button", "go", "tile"}
# A guide may stress a word or open a line with a question; those end like this and are no names of buttons.
NO_NAMES = ("요.", ":", "면")
STRESSED = {"한 번", "옆에 있는", "옆에", "앞에서", "어르신 손으로", "그 가게 일", "1", "2", "3", "0"}


@cache
def on_screens() -> str:
    """Every text of every screen, a line each; blanks stand for what is filled in."""
    texts = (message.id for message in messages.catalog())
    every = (text if isinstance(text, str) else text[0] for text in texts)
    return "\n".join(FILLED_IN.sub(" ", text) for text in every)


def is_on_a_screen(name: str) -> bool:
    """As a whole text, or as its end or beginning beside something filled in."""
    return re.search(rf"(?m)^(?:.*\s)?{re.escape(name)}(?:\s.*)?$", on_screens()) is not None


@pytest.mark.parametrize("name", sorted(guides()))
def test_a_guided_script_names_buttons_as_the_screens_do(name: str) -> None:
    steps = guides()[name].steps
    quoted = [pressed for step in steps for pressed in QUOTED.findall(step.say.ko)]
    drawn = [row.text.ko for step in steps for row in step.rows if row.kind in BUTTONS]

    assert quoted + drawn
    assert [one for one in quoted + drawn if not is_on_a_screen(one)] == []


@pytest.mark.parametrize(("page", "least"), [("상인.md", 15), ("도우미.md", 15), ("배달.md", 10)])
def test_a_guide_names_buttons_as_the_screens_do(page: str, least: int) -> None:
    named = PRESSED.findall((ROOT / "docs" / "guide" / page).read_text(encoding="utf-8"))
    buttons = [one for one in named if not one.endswith(NO_NAMES) and one not in STRESSED]

    assert len(buttons) > least
    assert [one for one in buttons if not is_on_a_screen(one)] == []
