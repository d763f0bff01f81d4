"""Writes docs/how/rules.md: the rules of the screens, each with the tests that show it.

A test says by `@pytest.mark.rule(4, 9)` which rules it shows; the page is made from those marks, so that no rule can
lose its test unseen. `tests/architecture/test_rules.py` compares.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "how" / "rules.md"
RULES = {
    1: "What can be pressed is at least 48 × 48 px.",
    2: "With large letters, and on a stall's phone, it is at least 64 × 64 px.",
    3: "On a kiosk it is at least 20 mm each way, on a small kiosk 14 mm.",
    4: "Neighbours stay 8 px apart, 16 px with large letters, 4 mm on a kiosk.",
    5: "No text is smaller than 15 px; running text is 17 px, with large letters 21 px.",
    6: "A kiosk's text is at least 12 mm high, on screens up to 28 cm 7.25 mm.",
    7: "axe finds nothing (WCAG 2.2 AA and best practice) on any screen: normal, large letters, high contrast.",
    8: "Text stands out 4.5 : 1, running text and all of high contrast 7 : 1, borders of controls 3 : 1.",
    9: "Nothing scrolls sideways at 320 px, nor at 200 % zoom.",
    10: "A kiosk at 200 % enlarges text and pictures, and nothing is cut.",
    11: "Everything works by keyboard, in the order one sees, with a focus of 3 px.",
    12: "Large letters are one tap away on the first screen and stay after a restart.",
    13: "The first screen with large letters offers at most five choices; a kiosk shows at most six goods.",
    14: "With large letters every button has words one can see: no drawing or sign stands alone.",
    15: "Back, start and help stand at the same place on every screen of a kiosk.",
    16: "Help is one tap away on every screen.",
    17: "Beside every QR code stands a number; typing it does the same.",
    18: "Nobody needs more taps for a task than the design allows.",
    19: "A kiosk asks after 60 s, waits 20 s more, keeps the basket, and can be asked again at least ten times.",
    20: "No dialog opens by itself while somebody orders or pays.",
    21: "What a first visit loads, pictures apart: 60 KB for a customer, of it 25 KB scripts; 80 KB for a stall.",
    22: "On slow 4G and a slow phone: largest paint 2.5 s, blocked 200 ms, shift 0.05, performance 0.90.",
    23: "Pictures in first sight weigh at most 80 KB, all others load when they are needed; each says its size.",
    24: "Pages can be read and forms work with JavaScript switched off.",
    25: "A stall's phone and a kiosk open without a network; what was sold meanwhile arrives exactly once.",
    26: "An order shows at the stall in 2 s, a price on a board in 3 s; after a restart all news are there in 10 s.",
    27: "A push that nobody takes any more is given up; without permission to ring, a phone shows what it would say.",
    28: "A photo leaves the phone with at most 350 KB, without its place, and a bad line keeps it on the phone.",
    29: "No office words, no stray English where large letters are; all can be translated and says its language.",
    30: "Who wants no motion sees none, and nothing blinks; what deletes, refuses or changes a price can be undone,"
    " or is asked about with the amount in words.",
}
# Rules whose screens are still to come, with what they wait for. A rule leaves the list with its first test.
COMING: dict[int, str] = {}
# Of these a part is shown already, and a part is still to come.
PARTLY = {
    18: "“as last time”, stamps, coupons, couriers, reports and lessons: with those screens",
}
HEAD = """\
# The rules of the screens

Thirty rules that every screen keeps, and the tests that show it. A test names its rules by `@pytest.mark.rule(4, 9)`;
`python scripts/rules.py` writes this page from those marks, and a test fails when a rule has none.
`pytest -m rule` runs them all.

| | Rule | Shown by |
|---|---|---|
"""
Marked = dict[int, list[tuple[str, str]]]


def marked_tests() -> Marked:
    """Number of the rule to the tests that show it: file below the root, and function."""
    found: Marked = {}
    for folder in ("src", "tests"):
        for path in sorted((ROOT / folder).rglob("test_*.py")):
            source = path.read_text(encoding="utf-8")
            if "mark.rule(" in source:
                for function, numbers in _marks(ast.parse(source)):
                    for number in numbers:
                        found.setdefault(number, []).append((path.relative_to(ROOT).as_posix(), function))
    return found


def page(marked: Marked) -> str:
    """The whole page."""
    return HEAD + "".join(f"| {number} | {rule} | {_shown(number, marked)} |\n" for number, rule in RULES.items())


def _marks(tree: ast.Module) -> Iterator[tuple[str, list[int]]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            numbers = [number for decorator in node.decorator_list for number in _numbers(decorator)]
            if numbers:
                yield node.name, numbers


def _numbers(decorator: ast.expr) -> list[int]:
    match decorator:
        case ast.Call(func=ast.Attribute(attr="rule", value=ast.Attribute(attr="mark")), args=arguments):
            return [int(ast.literal_eval(one)) for one in arguments]
    return []


def _shown(number: int, marked: Marked) -> str:
    files: dict[str, list[str]] = {}
    for path, function in marked.get(number, []):
        files.setdefault(path, []).append(f"`{function}`")
    shown = [f"[{path.rpartition('/')[2]}](../../{path}): {', '.join(names)}" for path, names in files.items()]
    if number in COMING:
        shown.append(f"comes with {COMING[number]}")
    if number in PARTLY:
        shown.append(f"to come: {PARTLY[number]}")
    return "<br>".join(shown)


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(marked_tests()), encoding="utf-8")


if __name__ == "__main__":
    main()
