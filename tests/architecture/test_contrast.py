"""High contrast swaps colours and nothing else, large letters swap none: no screen is looked at twice for the same."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import ROOT

SHEETS = sorted(ROOT.glob("src/jangteo/faces/**/static/**/*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A rule that names the look, with what stands in it. Rules inside rules would not be seen whole, and are refused below.
RULE = re.compile(r"([^{};]*\[data-contrast[^{]*)\{([^}]*)\}")
# The same of large letters, and what takes a colour by the way.
MODE_RULE = re.compile(r"([^{};]*\[data-mode[^{]*)\{([^}]*)\}")
SHOWS_A_COLOUR = re.compile(r"color|background|\bfill\b(?!,)|stroke|opacity|filter|blend|#[0-9a-f]{3,8}\b|rgb|hsl")
HEX = re.compile(r"#[0-9a-f]{3,8}")
# What a property may become; a token of its own, such as a size, only takes a colour as it stands.
COLOUR = re.compile(r"#[0-9a-f]{3,8}|dark|light|var\(--[a-z0-9-]+\)|currentcolor|transparent")
TAKES_A_COLOUR = {"color", "color-scheme", "background", "background-color", "border-color", "outline-color", "fill"}


def other_than_colours(css: str) -> list[str]:
    wrong = []
    for selector, body in RULE.findall(COMMENT.sub("", css)):
        declared = [one.strip() for one in body.split(";") if one.strip()]
        wrong += [f"{selector.strip()}: {one}" for one in declared if not _is_a_colour(one)]
    return wrong


def _is_a_colour(declared: str) -> bool:
    name, _, value = (part.strip() for part in declared.partition(":"))
    if name.startswith("--"):
        return bool(HEX.fullmatch(value.lower()))
    return name in TAKES_A_COLOUR and bool(COLOUR.fullmatch(value.lower()))


@pytest.mark.rule(7)
def test_high_contrast_changes_only_colours() -> None:
    rules = [selector for sheet in SHEETS for selector, _ in RULE.findall(COMMENT.sub("", sheet.read_text("utf-8")))]
    named = sum(COMMENT.sub("", sheet.read_text("utf-8")).count("[data-contrast") for sheet in SHEETS)
    assert len(rules) == named > 0
    assert {sheet.name: wrong for sheet in SHEETS if (wrong := other_than_colours(sheet.read_text("utf-8")))} == {}


def colours_of_large_letters(css: str) -> list[str]:
    rules = MODE_RULE.findall(COMMENT.sub("", css))
    return [one.strip() for _, body in rules for one in body.split(";") if SHOWS_A_COLOUR.search(one)]


def test_large_letters_change_no_colour() -> None:
    found = {sheet.name: colours_of_large_letters(sheet.read_text("utf-8")) for sheet in SHEETS}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "css",
    [
        '[data-mode="easy"] { color: var(--ink-2) }',
        '.a, [data-mode="easy"] .b { gap: 4px; background: none; }',
        '[data-mode="easy"] .b { opacity: .5 }',
    ],
)
def test_a_colour_of_large_letters_is_found(css: str) -> None:
    assert colours_of_large_letters(css)


@pytest.mark.parametrize(
    "css",
    [
        '[data-contrast="high"] { display: none }',
        '[data-contrast="high"] { --gap: 8px }',
        '[data-contrast="high"] { --gap: var(--s4) }',
        '.a, [data-contrast="high"] .b { color: #fff; font-size: 2rem; }',
        '[data-contrast="high"] .b { border-width: 3px }',
        '[data-contrast="high"] .b { & .c { color: #fff } }',
    ],
)
def test_what_else_it_would_change_is_found(css: str) -> None:
    assert other_than_colours(css)
