"""A bank's answer to a pay-out file: which payments were carried out and which came back, with the bank's reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jangteo.domains.settlement.bankfiles.layouts import Answer, Layout
from jangteo.domains.settlement.bankfiles.lines import PayoutLine, checked, digits_of, harmless
from jangteo.domains.settlement.errors import (
    FileUnknown,
    ResultAmbiguous,
    ResultForeign,
    ResultUnknown,
    RowBroken,
)
from jangteo.kernel.files.amounts import minor_units
from jangteo.kernel.files.headings import heading_row, plain_heading
from jangteo.kernel.files.tables import Row, Source, Table, read_tables

NEEDED = ("account", "amount", "outcome")
LONGEST_REASON = 200


class Outcome(StrEnum):
    """How a payment ended. UNANSWERED: the answer says nothing about it."""

    PAID = "paid"
    RETURNED = "returned"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class LineResult:
    """How a line of the pay-out ended, in the sequence of its lines; `reason` is the bank's own text, or ""."""

    line: PayoutLine
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """One row of the answer."""

    row: int
    account: str
    amount_won: int
    memo: str
    outcome: Outcome
    reason: str


def read_results(source: Source, lines: Sequence[PayoutLine], layout: Layout) -> tuple[LineResult, ...]:
    """What the answer says about each of the lines. Reads everything or nothing.

    A row belongs to the lines with its account and amount; the memo tells two such lines apart. A spreadsheet may have
    eaten an account's leading zeros. Raises FileUnknown, RowBroken, ResultForeign for a payment that is not among the
    lines, ResultAmbiguous, ResultUnknown, and what `read_tables` raises.
    """
    plain = checked(lines)
    results = [LineResult(line, Outcome.UNANSWERED) for line in plain]
    waiting: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, line in enumerate(plain):
        waiting[line.account.lstrip("0"), line.amount_won].append(at)
    for said in _said(source, layout.answer):
        places = waiting[said.account.lstrip("0"), said.amount_won]
        if not places:
            raise ResultForeign(file=source.name, line=said.row)
        at = places[0] if len(places) == 1 else _by_memo(said, places, plain, source.name)
        if results[at].outcome is not Outcome.UNANSWERED:
            raise ResultAmbiguous(file=source.name, line=said.row)
        results[at] = LineResult(plain[at], said.outcome, said.reason)
    return tuple(results)


def _by_memo(said: _Said, places: list[int], lines: Sequence[PayoutLine], file: str) -> int:
    """The one place whose memo is the row's, cut as the bank may have cut it."""
    fitting = [at for at in places if said.memo and lines[at].memo.startswith(said.memo)]
    exact = [at for at in fitting if lines[at].memo == said.memo]
    if len(fitting) != 1 and len(exact) != 1:
        raise ResultAmbiguous(file=file, line=said.row)
    return (exact or fitting)[0]


def _said(source: Source, answer: Answer) -> list[_Said]:
    tables = read_tables(source)
    for table in tables:
        if (found := heading_row(table, answer.headings, NEEDED)) is not None:
            at, columns = found
            rows = [row for row in table.rows[at + 1 :] if not _is_total(row, columns, answer)]
            return [_row(source.name, table.rows[at], row, columns, answer) for row in rows]
    raise _unknown(source.name, tables, answer)


def _unknown(file: str, tables: tuple[Table, ...], answer: Answer) -> FileUnknown:
    """Names what the row lacks that has the most of the columns."""
    plain = {field: {plain_heading(heading) for heading in answer.headings[field]} for field in NEEDED}
    best, missing = tables[0].rows[0], list(NEEDED)
    for row in (row for table in tables for row in table.rows):
        cells = {plain_heading(cell) for cell in row.cells}
        lacking = [field for field in NEEDED if not plain[field] & cells]
        if len(lacking) < len(missing):
            best, missing = row, lacking
    return FileUnknown(
        file=file,
        nearest="payout_result" if len(missing) < len(NEEDED) else "",
        missing=", ".join(answer.headings[field][0] for field in missing),
        found=", ".join(cell for cell in best.cells if cell),
    )


def _is_total(row: Row, columns: Mapping[str, int], answer: Answer) -> bool:
    first = next(cell for cell in row.cells if cell)
    return first in answer.totals and not _at(row, columns, "account")


def _row(file: str, header: Row, row: Row, columns: Mapping[str, int], answer: Answer) -> _Said:
    account = digits_of(_at(row, columns, "account"))
    if not account.isdecimal():
        raise RowBroken(file=file, line=row.line, column=header.cells[columns["account"]])
    try:
        amount_won = minor_units(_at(row, columns, "amount"), 0)
    except ValueError:
        raise RowBroken(file=file, line=row.line, column=header.cells[columns["amount"]]) from None
    word = _at(row, columns, "outcome")
    if word not in answer.paid | answer.returned:
        raise ResultUnknown(file=file, line=row.line, word=word[:LONGEST_REASON])
    return _Said(
        row=row.line,
        account=account,
        amount_won=amount_won,
        memo=harmless(_at(row, columns, "memo")),
        outcome=Outcome.PAID if word in answer.paid else Outcome.RETURNED,
        reason=_at(row, columns, "reason")[:LONGEST_REASON],
    )


def _at(row: Row, columns: Mapping[str, int], field: str) -> str:
    """The cell, or "" for a column that is not there or that the row does not reach."""
    place = columns.get(field)
    return row.cells[place] if place is not None and place < len(row.cells) else ""
