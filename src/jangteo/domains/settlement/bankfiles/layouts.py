"""How one bank wants its pay-out files: columns in sequence, encoding, total row. Data, so a bank is a file.

Layouts come from TOML: those beside this module, and any that an operator has written after the bank's own sample.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jangteo.domains.settlement.errors import LayoutBroken

FOLDER = Path(__file__).with_name("layouts")
BANKS = Path(__file__).with_name("banks.toml")
VALUES = frozenset({"number", "bank_code", "bank_name", "account", "holder", "amount", "memo", "own_memo", "blank"})
NEEDED_VALUES = frozenset({"account", "amount"})
ENCODINGS = {"cp949": "cp949", "utf-8-bom": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its heading, what stands in it (one of VALUES), and the most characters a memo may have."""

    heading: str
    value: str
    longest: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The bank's answer: headings by what they hold, and its words for paid and for returned."""

    headings: Mapping[str, tuple[str, ...]]
    paid: frozenset[str]
    returned: frozenset[str]
    totals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A bank's column map. `bank_code` is "" and `is_template` False for the generic one, which no bank has defined.

    `encoding` is that of the CSV ("cp949" or "utf-8-bom"); `total` the word before the total, "" for no total row;
    `own_memo` what the payer's own account shows.
    """

    name: str
    bank_code: str
    is_template: bool
    encoding: str
    total: str
    own_memo: str
    columns: tuple[Column, ...]
    answer: Answer


@cache
def bank_names() -> Mapping[str, str]:
    """Three-digit codes of the payment network to the banks' short names."""
    return {str(code): str(name) for code, name in tomllib.loads(BANKS.read_text(encoding="utf-8"))["names"].items()}


@cache
def layouts() -> Mapping[str, Layout]:
    """The layouts that come with the program, by name."""
    return {path.stem: parse_layout(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.iterdir())}


def parse_layout(name: str, text: str) -> Layout:
    """A layout from TOML. Raises LayoutBroken saying which part is wrong."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise LayoutBroken(layout=name, what="toml") from None
    part = _Part(name, read)
    answer = part.table("answer")
    layout = Layout(
        name=name,
        bank_code=part.text("bank_code"),
        is_template=part.flag("is_template"),
        encoding=part.text("encoding"),
        total=part.text("total"),
        own_memo=part.text("own_memo"),
        columns=tuple(_column(one) for one in part.tables("columns")),
        answer=Answer(
            headings={field: answer.texts(field) for field in ("account", "amount", "memo", "outcome", "reason")},
            paid=frozenset(answer.texts("paid")),
            returned=frozenset(answer.texts("returned")),
            totals=frozenset(answer.texts("totals")),
        ),
    )
    if wrong := _fault(layout):
        raise LayoutBroken(layout=name, what=wrong)
    return layout


def _column(part: _Part) -> Column:
    return Column(part.text("heading"), part.text("value"), part.whole_or_none("longest"))


def _fault(layout: Layout) -> str:
    values = {column.value for column in layout.columns}
    headings = [column.heading for column in layout.columns]
    if layout.encoding not in ENCODINGS:
        return "encoding"
    if values - VALUES or not values >= NEEDED_VALUES or not values & {"bank_code", "bank_name"}:
        return "columns"
    if len(set(headings)) < len(headings) or "" in headings:
        return "headings"
    needed = (layout.answer.headings["account"], layout.answer.headings["amount"], layout.answer.headings["outcome"])
    if not all(needed) or not layout.answer.paid or layout.answer.paid & layout.answer.returned:
        return "answer"
    return ""


class _Part:
    """A TOML table whose values are read as one type. Raises LayoutBroken naming the key."""

    def __init__(self, layout: str, values: object) -> None:
        if not isinstance(values, dict):
            raise LayoutBroken(layout=layout, what="table")
        self._layout = layout
        self._values: dict[str, object] = values

    def text(self, key: str) -> str:
        value = self._values.get(key, "")
        if not isinstance(value, str):
            raise self._wrong(key)
        return value

    def flag(self, key: str) -> bool:
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key)
        return value

    def whole_or_none(self, key: str) -> int | None:
        value = self._values.get(key)
        if value is not None and not (isinstance(value, int) and value > 0):
            raise self._wrong(key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        texts = [value for value in self._list(key) if isinstance(value, str)]
        if len(texts) < len(self._list(key)):
            raise self._wrong(key)
        return tuple(texts)

    def table(self, key: str) -> _Part:
        return _Part(self._layout, self._values.get(key))

    def tables(self, key: str) -> tuple[_Part, ...]:
        return tuple(_Part(self._layout, value) for value in self._list(key))

    def _list(self, key: str) -> list[object]:
        values = self._values.get(key, [])
        if not isinstance(values, list):
            raise self._wrong(key)
        return values

    def _wrong(self, key: str) -> LayoutBroken:
        return LayoutBroken(layout=self._layout, what=key)
