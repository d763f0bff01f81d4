"""Which kind of file somebody gave, told by its columns. The columns are data, in `kinds.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from jangteo.domains.settlement.errors import FileStrange, FileUnknown
from jangteo.kernel.files.headings import ROWS_TO_LOOK_AT, columns_of, heading_row, plain_heading
from jangteo.kernel.files.tables import Row, Table

KINDS = Path(__file__).with_name("kinds.toml")
# Which share of a kind's columns a file has that could be meant for one.
NEAR = 0.5


@dataclass(frozen=True)
class Kind:
    """A kind of file. `digits` are the decimal places of its amounts; the rest as `kinds.toml` explains."""

    code: str
    digits: int
    need: Mapping[str, tuple[str, ...]]
    may: Mapping[str, tuple[str, ...]]
    money: frozenset[str]
    days: frozenset[str]
    blank: frozenset[str]
    key: tuple[str, ...]
    alike: bool
    unless: frozenset[str]
    only: Mapping[str, str]
    signs: Mapping[str, int | str]
    payers: tuple[str, ...]
    totals: frozenset[str]

    @cached_property
    def headings(self) -> dict[str, tuple[str, ...]]:
        return {**self.need, **self.may}


@dataclass(frozen=True, slots=True)
class Match:
    """A table taken for a kind: the place of its heading row among its rows, and field to column."""

    kind: Kind
    table: Table
    at: int
    columns: Mapping[str, int]

    @property
    def header(self) -> Row:
        return self.table.rows[self.at]


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by their code."""
    read = tomllib.loads(KINDS.read_text(encoding="utf-8"))
    return {
        code: Kind(
            code=code,
            digits=part.get("digits", 0),
            need={field: tuple(names) for field, names in part["need"].items()},
            may={field: tuple(names) for field, names in part.get("may", {}).items()},
            money=frozenset(part.get("money", ())),
            days=frozenset(part.get("days", ())),
            blank=frozenset(part.get("blank", ())),
            key=tuple(part.get("key", ())),
            alike=part.get("alike", False),
            unless=frozenset(map(plain_heading, part.get("unless", ()))),
            only=part.get("only", {}),
            signs=part.get("status", {}),
            payers=tuple(part.get("payers", ())),
            totals=frozenset(read["totals"]),
        )
        for code, part in read["kinds"].items()
    }


def recognise(file: str, tables: tuple[Table, ...]) -> tuple[Match, ...]:
    """The tables of a file that are of a known kind; sheets that are of none are left out, unless all are.

    A table that has the columns of two kinds is of the one that asks for more. Raises FileUnknown.
    """
    matches = tuple(match for table in tables if (match := _match(table)) is not None)
    if not matches:
        raise _unknown(file, tables)
    return matches


def _match(table: Table) -> Match | None:
    rows = ((kind, heading_row(table, kind.headings, kind.need)) for kind in kinds().values())
    matches = (Match(kind, table, *row) for kind, row in rows if row)
    found = [one for one in matches if not one.kind.unless & set(map(plain_heading, one.header.cells))]
    return max(found, key=lambda match: (len(match.kind.need), len(match.columns)), default=None)


def _unknown(file: str, tables: tuple[Table, ...]) -> FileUnknown:
    """Names the kind that the file comes nearest to, and what is missing to be one; none that is far off."""
    share, nearest, row = max(_shares(tables), key=lambda one: one[0])
    is_near = share >= NEAR
    missing = [names[0] for field, names in nearest.need.items() if field not in columns_of(row, nearest.headings)]
    refusal = FileUnknown if is_near else FileStrange
    return refusal(
        file=file,
        nearest=nearest.code if is_near else "",
        missing=", ".join(missing) if is_near else "",
        found=", ".join(cell for cell in row.cells if cell),
    )


def _shares(tables: tuple[Table, ...]) -> Iterator[tuple[float, Kind, Row]]:
    """For each row that could be the headings, which share of each kind's needed columns it has."""
    for table in tables:
        for row in table.rows[:ROWS_TO_LOOK_AT]:
            for kind in kinds().values():
                yield len(columns_of(row, kind.need)) / len(kind.need), kind, row
