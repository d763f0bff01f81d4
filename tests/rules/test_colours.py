"""The colours of the screens against each other, as WCAG 2.2 counts contrast."""

from __future__ import annotations

import re

import pytest

from jangteo.domains.markets.rules import contrast
from scripts.messages import PACKAGE

TOKENS = (PACKAGE / "faces/_parts/static/css/tokens.css").read_text(encoding="utf-8")
LOOKS = {"normal": ":root", "high contrast": '[data-contrast="high"]'}
GROUNDS = ("rice", "rice-2", "white")
TINTS = tuple(re.findall(r"--(tint-\w+):", TOKENS.partition("--stripe")[0]))
# Running text, read at length: 7 in every look.
BODY = [("ink", ground) for ground in (*GROUNDS, *TINTS)] + [("ink-2", ground) for ground in GROUNDS]
# Labels, marks and prices: 4.5.
LABELS = [
    *(("ink-2", ground) for ground in TINTS),
    *(("ink-3", ground) for ground in GROUNDS),
    *((colour, ground) for colour in ("basket", "tarp", "basin", "err") for ground in ("rice", "white")),
    ("on-action", "basket"),
    ("on-action", "basket-d"),
    ("on-action", "tarp"),
    ("on-action", "err"),
    ("on-bulb", "bulb"),
    ("on-basin", "basin"),
    ("bulb-ink", "bulb-t"),
    ("basket", "basket-t"),
    ("basin", "basin-t"),
    ("tarp", "tarp-t"),
    ("err", "err-t"),
]
BORDERS = [(edge, ground) for edge in ("ctl", "basket", "ink", "tarp", "err") for ground in GROUNDS]


def colours(look: str) -> dict[str, str]:
    """Names of tokens to #rrggbb in this look."""
    found: dict[str, str] = {}
    for selector in (LOOKS["normal"], LOOKS[look]):
        block = TOKENS.partition(f"\n  {selector} {{")[2].partition("\n  }")[0]
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    return found


@pytest.mark.rule(8)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("pairs", "least"), [(BODY, 7.0), (LABELS, 4.5), (BORDERS, 3.0)])
def test_what_is_read_stands_out(look: str, pairs: list[tuple[str, str]], least: float) -> None:
    known = colours(look)
    faint = {pair: round(found, 2) for pair in pairs if (found := contrast(known[pair[0]], known[pair[1]])) < least}

    assert faint == {}


@pytest.mark.rule(8)
def test_high_contrast_gives_every_label_what_running_text_has() -> None:
    known = colours("high contrast")
    faint = {pair: round(found, 2) for pair in LABELS if (found := contrast(known[pair[0]], known[pair[1]])) < 7}

    assert faint == {}


def test_the_colours_are_read_from_the_stylesheet() -> None:
    assert colours("normal")["rice"] == "#f7f7f2"
    assert colours("high contrast")["rice"] == "#101613"
    assert len(TINTS) == 9
