"""Guided scripts: steps of one sentence with a drawn screen. They are data: `guides/<name>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "guides"
# Browsers end a line between a closing quote and the particle that belongs to it.
QUOTED_PARTICLE = re.compile(r"’(?=[\uac00-\ud7a3])")
WORD_JOINER = "\u2060"


class _Row(TypedDict, total=False):
    kind: str
    text: list[str]
    icon: str
    here: bool


class _Step(TypedDict):
    say: list[str]
    rows: list[_Row]


class _Guide(TypedDict):
    order: int
    title: list[str]
    icon: str
    about: str
    steps: list[_Step]


@dataclass(frozen=True, slots=True)
class Told:
    """A text in both languages; a page shows the one of its reader."""

    ko: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else QUOTED_PARTICLE.sub(f"’{WORD_JOINER}", self.ko)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on a drawn screen. `kind` is a class of guide.css; `here` is what the step presses or looks at."""

    kind: str
    text: Told
    icon: str
    here: bool


@dataclass(frozen=True, slots=True)
class Step:
    say: Told
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """`about` is the chip of a visit that the guide helps with."""

    name: str
    title: Told
    icon: str
    about: str
    steps: tuple[Step, ...]


@cache
def guides() -> Mapping[str, Guide]:
    """Every script by name, in the order in which a stall needs them. Raises KeyError for one that says too little."""
    read = {path.stem: _read(path) for path in FOLDER.glob("*.toml")}
    return {name: _guide(name, raw) for name, raw in sorted(read.items(), key=lambda pair: pair[1]["order"])}


def _read(path: Path) -> _Guide:
    raw: _Guide = tomllib.loads(path.read_text(encoding="utf-8"))  # type: ignore[assignment]  # checked by the tests
    return raw


def _guide(name: str, raw: _Guide) -> Guide:
    steps = tuple(Step(Told(*step["say"]), tuple(_row(row) for row in step["rows"])) for step in raw["steps"])
    return Guide(name, Told(*raw["title"]), raw["icon"], raw["about"], steps)


def _row(raw: _Row) -> Row:
    return Row(raw["kind"], Told(*raw["text"]), raw.get("icon", ""), raw.get("here", False))
