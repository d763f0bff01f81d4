"""What a bench found, beside what it should find, as plain aligned text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One number. `most` and `least` are its targets, None where it is only shown."""

    what: str
    measured: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def is_missed(self) -> bool:
        too_much = self.most is not None and self.measured > self.most
        return too_much or (self.least is not None and self.measured < self.least)

    @property
    def target(self) -> str:
        if self.most is not None and self.most == self.least:
            return f"= {_number(self.most)}"
        if self.most is not None:
            return f"<= {_number(self.most)}"
        return "" if self.least is None else f">= {_number(self.least)}"

    @property
    def verdict(self) -> str:
        return "" if not self.target else "MISS" if self.is_missed else "ok"


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of one bench; `notes` say how they came about."""

    title: str
    rows: Sequence[Row]
    notes: Sequence[str] = ()

    def text(self) -> str:
        cells = [(row.what, _number(row.measured), row.unit, row.target, row.verdict) for row in self.rows]
        head = ("", "measured", "", "target", "")
        widths = [max(map(_width, column)) for column in zip(head, *cells, strict=True)]
        lines = [self.title]
        for line in (head, *cells):
            what, number, *rest = (_padded(cell, width) for cell, width in zip(line, widths, strict=True))
            lines.append("  ".join(["", what, number.strip().rjust(widths[1]), *rest]).rstrip())
        return "\n".join([*lines, *(f"  {note}" for note in self.notes), ""])


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _width(text: str) -> int:
    """Columns on a terminal: Korean letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
