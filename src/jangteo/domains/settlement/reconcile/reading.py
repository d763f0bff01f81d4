"""From a recognised table to rows of text, amounts and days. A file with one unreadable row is refused whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from jangteo.domains.settlement.errors import RowBroken, RowsContradict
from jangteo.domains.settlement.reconcile.kinds import Kind, Match, recognise
from jangteo.kernel.files.amounts import day_in, minor_units
from jangteo.kernel.files.tables import Row, Source, read_tables

STATUS = "status"
LONGEST_TEXT = 300

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a file by field. Amounts are in minor units, with the sign that the row's status gives them."""

    texts: Mapping[str, str]
    money: Mapping[str, int]
    days: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file, or one sheet of it, was taken for.

    `encoding` is "utf-8", "utf-8-bom", "cp949" or "xlsx"; `columns` field to heading as it stands in the file; `totals`
    counts rows that only sum up others; `line` is that of the headings.
    """

    file: str
    sheet: str
    kind: str
    encoding: str
    line: int
    columns: Mapping[str, str]
    rows: int
    totals: int


@dataclass(frozen=True, slots=True)
class Files:
    """Files read together: what each was taken for, and the rows of each kind, a row that comes twice only once.

    A kind whose file has nothing but its headings is there, with no rows: nothing happened, and that is known.
    """

    taken: tuple[Taken, ...]
    rows: Mapping[str, tuple[Entry, ...]]

    def __contains__(self, kind: str) -> bool:
        return kind in self.rows

    def of(self, kind: str) -> tuple[Entry, ...]:
        return self.rows.get(kind, ())


@dataclass(frozen=True, slots=True)
class _Read:
    """A row with where it stood. `source` counts the files, whose names may be the same."""

    source: int
    file: str
    line: int
    kind: Kind
    entry: Entry


def read_files(sources: Iterable[Source]) -> Files:
    """Recognise and read files, all or none.

    Two files may overlap: the same row in both counts once. Raises FileUnknown, RowBroken, RowsContradict for the same
    key with other values, and what `read_tables` raises.
    """
    taken: list[Taken] = []
    read: list[_Read] = []
    for number, source in enumerate(sources):
        for match in recognise(source.name, read_tables(source)):
            rows = [row for row in match.table.rows[match.at + 1 :] if not _is_total(row, match)]
            read += [_Read(number, source.name, row.line, match.kind, _entry(source.name, row, match)) for row in rows]
            taken.append(_taken(source.name, match, len(rows)))
    by_kind: dict[str, list[_Read]] = {one.kind: [] for one in taken}
    for one in read:
        by_kind[one.kind.code].append(one)
    return Files(tuple(taken), {code: _once(rows) for code, rows in by_kind.items()})


def _taken(file: str, match: Match, rows: int) -> Taken:
    return Taken(
        file=file,
        sheet=match.table.sheet,
        kind=match.kind.code,
        encoding=match.table.encoding,
        line=match.header.line,
        columns={field: match.header.cells[place] for field, place in match.columns.items()},
        rows=rows,
        totals=len(match.table.rows) - match.at - 1 - rows,
    )


def _is_total(row: Row, match: Match) -> bool:
    """A row that begins with a word for a sum and says nothing else but amounts."""
    first = next(place for place, cell in enumerate(row.cells) if cell)
    if row.cells[first] not in match.kind.totals:
        return False
    named = [place for field, place in match.columns.items() if field not in match.kind.money and place != first]
    return not any(_at(row, place) for place in named)


def _entry(file: str, row: Row, match: Match) -> Entry:
    if any(row.cells[len(match.header.cells) :]):
        raise RowBroken(file=file, line=row.line, column="")
    kind, cells = match.kind, _Cells(file, row, match)
    fields = [field for field in match.columns if cells.must_or_does_say(field)]
    texts = {
        field: cells.read(field, partial(_text, only=kind.only.get(field, "")))
        for field in fields
        if field not in kind.money | kind.days
    }
    money = {
        field: cells.read(field, partial(minor_units, digits=kind.digits)) for field in fields if field in kind.money
    }
    nothing = {field: 0 for field in kind.blank & kind.money & match.columns.keys() if field not in money}
    if kind.signs and STATUS in match.columns:
        sign = cells.read(STATUS, partial(_sign, kind=kind))
        if isinstance(sign, int) and "amount" in money:
            money["amount"] = abs(money["amount"]) * sign
    return Entry(texts, money | nothing, {field: cells.read(field, day_in) for field in fields if field in kind.days})


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a row by field."""

    file: str
    row: Row
    match: Match

    def must_or_does_say(self, field: str) -> bool:
        """Whether there is something to read. An empty cell that has to say something is read too, and refused."""
        kind = self.match.kind
        return bool(_at(self.row, self.match.columns[field])) or (field in kind.need and field not in kind.blank)

    def read(self, field: str, parse: Callable[[str], T]) -> T:
        place = self.match.columns[field]
        try:
            return parse(_at(self.row, place))
        except ValueError:
            column = self.match.header.cells[place]
            raise RowBroken(file=self.file, line=self.row.line, column=column) from None


def _at(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _text(cell: str, only: str) -> str:
    if not 0 < len(cell) <= LONGEST_TEXT or only not in ("", cell):
        raise ValueError("empty, too long, or another than the only one")
    return cell


def _sign(word: str, kind: Kind) -> int | str:
    if word not in kind.signs:
        raise ValueError("an unknown status")
    return kind.signs[word]


def _once(rows: list[_Read]) -> tuple[Entry, ...]:
    kept: dict[tuple[object, ...], Entry] = {}
    count: Counter[tuple[object, ...]] = Counter()
    for one in rows:
        identity = _identity(one)
        if one.kind.alike:
            count[one.source, *identity] += 1
            identity = (*identity, count[one.source, *identity])
        if kept.setdefault(identity, one.entry) != one.entry:
            raise RowsContradict(file=one.file, line=one.line, key=" ".join(map(str, identity)))
    return tuple(kept.values())


def _identity(one: _Read) -> tuple[object, ...]:
    """What makes two rows the same. A bank numbers nothing, but the balance after a movement tells it from others."""
    entry = one.entry
    if one.kind.key:
        return tuple(entry.texts.get(field, "") for field in one.kind.key)
    if one.kind.alike or entry.money.get("balance"):
        return (*entry.days.values(), *entry.texts.values(), *entry.money.values())
    return one.source, one.line
