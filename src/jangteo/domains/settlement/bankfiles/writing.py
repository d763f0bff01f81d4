"""The bytes of a pay-out file. The same lines by the same layout are the same bytes, so an export can be repeated."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

from xlsxwriter import Workbook

from jangteo.domains.settlement.bankfiles.layouts import ENCODINGS, Column, Layout, bank_names
from jangteo.domains.settlement.bankfiles.lines import PayoutLine, checked, harmless
from jangteo.domains.settlement.errors import LineNotPayable

# Spreadsheets carry the moment they were made. A fixed one keeps it out of the bytes.
MADE_AT = datetime(2000, 1, 1, tzinfo=UTC)
TEXT = "@"


class Format(StrEnum):
    """The kind of file, and the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class PayoutFile:
    """A finished file, its SHA-256 in hex, and what it pays altogether."""

    content: bytes
    sha256: str
    count: int
    total_won: int


def write_payout(lines: Sequence[PayoutLine], layout: Layout, made: Format) -> PayoutFile:
    """The file for a bank's bulk transfer.

    Every cell is text, so account numbers keep their zeros; no cell can be taken for a formula. Memos are cut to the
    layout's length. Raises NothingToPay, LineNotPayable, LineTwice.
    """
    plain = checked(lines)
    rows = payout_rows(plain, layout)
    content = csv_text(rows).encode(ENCODINGS[layout.encoding]) if made is Format.CSV else _xlsx(rows)
    return PayoutFile(content, sha256(content).hexdigest(), len(plain), sum(line.amount_won for line in plain))


def payout_rows(plain: Sequence[PayoutLine], layout: Layout) -> list[list[str]]:
    """The cells of a file: headings, a row for each line in its plain form, the total. Raises LineNotPayable."""
    for number, line in enumerate(plain, start=1):
        if line.bank_code not in bank_names():
            raise LineNotPayable(line=number, field="bank_code")
    rows = [[column.heading for column in layout.columns]]
    rows += [
        [_cell(column, line, number, layout) for column in layout.columns] for number, line in enumerate(plain, start=1)
    ]
    if layout.total:
        rows.append(_total_row(layout, sum(line.amount_won for line in plain)))
    return rows


def csv_text(rows: Sequence[Sequence[str]]) -> str:
    """The rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _cell(column: Column, line: PayoutLine, number: int, layout: Layout) -> str:
    match column.value:
        case "number":
            return str(number)
        case "bank_code":
            return line.bank_code
        case "bank_name":
            return bank_names()[line.bank_code]
        case "account":
            return line.account
        case "holder":
            return line.holder
        case "amount":
            return str(line.amount_won)
        case "memo":
            return line.memo[: column.longest].rstrip()
        case "own_memo":
            return harmless(layout.own_memo)[: column.longest].rstrip()
    return ""


def _total_row(layout: Layout, total_won: int) -> list[str]:
    """The word in the first column and the sum under the amounts."""
    row = [str(total_won) if column.value == "amount" else "" for column in layout.columns]
    return [row[0] or layout.total, *row[1:]]


def _xlsx(rows: list[list[str]]) -> bytes:
    made = io.BytesIO()
    workbook = Workbook(made, {"in_memory": True})
    workbook.set_properties({"created": MADE_AT})
    text = workbook.add_format({"num_format": TEXT})
    sheet = workbook.add_worksheet()
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(at, place, cell, text)
    workbook.close()
    return made.getvalue()
