"""From the bytes of a file to rows of text. CSV in UTF-8 (with or without BOM) or CP949, or XLSX; all or nothing."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from jangteo.kernel.files.errors import (
    FileBroken,
    FileEmpty,
    FileEncodingUnknown,
    FileNotTable,
    FileTooLarge,
)

MOST_MEGABYTES = 50
MOST_UNPACKED_MEGABYTES = 400
DELIMITERS = (",", "\t", ";", "|")
LINES_TO_LOOK_AT = 30
BOM = b"\xef\xbb\xbf"
MARKED = (("utf-8-bom", "utf-8-sig"),)
UNMARKED = (("utf-8", "utf-8"), ("cp949", "cp949"))
SIGNATURES = ((b"PK\x03\x04", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF", "pdf"), (b"<", "html"))
# A spreadsheet keeps numbers as binary fractions but shows fifteen digits; so many are what was meant.
SPREADSHEET_DIGITS = 15

# All that opening and unpacking a damaged archive is known to end with.
UNREADABLE = (CalamineError, zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError)
MOST_CELLS = 3_000_000
LONGEST_COLUMN = 3
LONGEST_ROW = 7
# Where a cell, a row or the second corner of a range says that it lies.
_REFERENCE = re.compile(rb"""\sr(?:ef)?\s*=\s*["'](?:[A-Za-z]*[0-9]+:)?([A-Za-z]*)([0-9]+)""")
_COUNT = re.compile(rb"""\s(?:unique)?[cC]ount\s*=\s*["']([0-9]+)""")

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came in: `name` only to speak about it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Row:
    """The trimmed cells of one row and the line where it ends."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a text file or of one sheet, rows without any text left out.

    `encoding` is "utf-8", "utf-8-bom", "cp949" or "xlsx".
    """

    encoding: str
    sheet: str
    rows: tuple[Row, ...]


def read_tables(source: Source) -> tuple[Table, ...]:
    """The tables of a file: one of a text file, one of each visible sheet with text in it.

    Raises FileEmpty, FileTooLarge, FileNotTable, FileEncodingUnknown, FileBroken.
    """
    if len(source.data) > MOST_MEGABYTES * 1_000_000:
        raise FileTooLarge(file=source.name, most=MOST_MEGABYTES)
    looks = next((looks for start, looks in SIGNATURES if source.data.lstrip().startswith(start)), "text")
    if looks == "xlsx":
        tables = tuple(_sheets(source))
    elif looks == "text":
        tables = (_text(source),)
    else:
        raise FileNotTable(file=source.name, looks=looks)
    tables = tuple(table for table in tables if table.rows)
    if not tables:
        raise FileEmpty(file=source.name)
    return tables


def _text(source: Source) -> Table:
    if b"\0" in source.data:
        raise FileNotTable(file=source.name, looks="binary")
    encoding, text = _decoded(source)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows, line = [], 0
    try:
        lines = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
        for cells in lines:
            line = lines.line_num
            rows.append(Row(line, tuple(cell.strip() for cell in cells)))
    except csv.Error:
        raise FileBroken(file=source.name, line=line + 1) from None
    return Table(encoding, "", tuple(row for row in rows if any(row.cells)))


def _decoded(source: Source) -> tuple[str, str]:
    for shown, encoding in MARKED if source.data.startswith(BOM) else UNMARKED:
        try:
            return shown, source.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileEncodingUnknown(file=source.name)


def _delimiter(text: str) -> str:
    """The sign that makes the most columns of the first lines."""
    lines = list(islice(io.StringIO(text), LINES_TO_LOOK_AT))

    def columns(delimiter: str) -> int:
        return max((len(cells) for cells in csv.reader(lines, delimiter=delimiter)), default=0)

    return max(DELIMITERS, key=columns)


def _sheets(source: Source) -> Iterator[Table]:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            _check_bounds(source.name, packed)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet and str(sheet.visible).endswith("Visible"):
                yield _sheet(workbook.get_sheet_by_name(sheet.name))
    except PasswordError:
        raise FileNotTable(file=source.name, looks="locked") from None
    except UNREADABLE:
        raise FileBroken(file=source.name, line=0) from None


def _check_bounds(file: str, packed: zipfile.ZipFile) -> None:
    """Refuse what would not fit into memory.

    The reader makes room for the whole rectangle up to the last cell, and for as many texts as the file says it has.
    A single cell may claim to lie anywhere, and a count may claim anything.
    """
    if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED_MEGABYTES * 1_000_000:
        raise FileTooLarge(file=file, most=MOST_UNPACKED_MEGABYTES)
    for entry in packed.infolist():
        content = packed.read(entry)
        places = _REFERENCE.findall(content)
        width = max((_column(letters) for letters, _ in places), default=1)
        height = max((_number(digits) for _, digits in places), default=1)
        counted = max((_number(digits) for digits in _COUNT.findall(content)), default=0)
        if max(width * height, counted) > MOST_CELLS:
            raise FileTooLarge(file=file, most=MOST_UNPACKED_MEGABYTES)


def _column(letters: bytes) -> int:
    """The number of a column from 1: "A" is 1, "AA" 27. A row's own reference has no letters and counts as 1."""
    if len(letters) > LONGEST_COLUMN:
        return MOST_CELLS + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number or 1


def _number(digits: bytes) -> int:
    return int(digits) if len(digits) <= LONGEST_ROW else MOST_CELLS + 1


def _sheet(sheet: CalamineSheet) -> Table:
    rows = (
        Row(line, tuple(_shown(cell) for cell in cells))
        for line, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1)
    )
    return Table("xlsx", sheet.name, tuple(row for row in rows if any(row.cells)))


def _shown(cell: Cell) -> str:
    """A cell as the spreadsheet would show it without thousands separators; a whole number has no point."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return str(cell).upper()
        case float():
            return f"{Decimal(f'{cell:.{SPREADSHEET_DIGITS}g}'):f}"
        case datetime():
            return cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
    return str(cell)
