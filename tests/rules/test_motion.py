"""What moves: never for those who want no motion, and nothing ever blinks."""

from __future__ import annotations

import re

import pytest

from scripts.messages import PACKAGE

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STATIC = [path for path in PACKAGE.glob("faces/**/static/**/*") if "vendor" not in path.parts]
SHEETS = {path.name: COMMENT.sub("", path.read_text(encoding="utf-8")) for path in STATIC if path.suffix == ".css"}
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in STATIC if path.suffix == ".js"}
STILL = re.compile(r"\*, ::before, ::after \{ animation: none !important; transition: none !important;")
FOREVER = re.compile(r"animation:\s*(\w[\w-]*)\s[^;]*infinite")
# One of these going and coming again is a blinking.
BLINKS = re.compile(r"opacity|visibility|display|color|background|filter")


def keyframes(css: str, name: str) -> str:
    """Everything that stands in the animation."""
    return css.partition(f"@keyframes {name} {{")[2].partition("}\n")[0]


def blinking(css: str) -> list[str]:
    return [name for name in FOREVER.findall(css) if BLINKS.search(keyframes(css, name))]


@pytest.mark.rule(30)
def test_whoever_wants_no_motion_sees_none() -> None:
    # Every page has base.css; a board, which has its own, says it again.
    assert [name for name in ("base.css", "board.css") if not STILL.search(SHEETS[name])] == []
    # Scripts leave moving to stylesheets, and turn pages without gliding.
    moving = re.compile(r"\.animate\(|behavior:\s*[\"']smooth|startViewTransition")
    assert [name for name, source in SCRIPTS.items() if moving.search(source)] == []


@pytest.mark.rule(30)
def test_nothing_blinks() -> None:
    assert {name: found for name, css in SHEETS.items() if (found := blinking(css))} == {}
    assert sum(len(FOREVER.findall(css)) for css in SHEETS.values()) > 0


def test_a_blinking_is_found() -> None:
    css = ".new { animation: wink .2s infinite; }\n@keyframes wink { 50% { opacity: 0; } }\n"

    assert blinking(css) == ["wink"]
    assert blinking(css.replace("opacity: 0", "rotate: 3deg")) == []
