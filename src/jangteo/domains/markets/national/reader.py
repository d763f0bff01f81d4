"""From bytes to records: encoding, delimiter, quotes. A damaged line costs itself, never its neighbours."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from jangteo.domains.markets.errors import FileEmpty, FileEncodingUnknown, FileNotText, FileTooLarge
from jangteo.domains.markets.national.report import ReasonCode

MOST_BYTES = 20_000_000
LONGEST_LINE = 20_000
LONGEST_RECORD_LINES = 20
DELIMITERS = (",", "\t", ";", "|")
ENCODINGS = ("utf-8-sig", "cp949")


@dataclass(frozen=True, slots=True)
class Record:
    """One row as cells, or its raw `text` and what is wrong with it."""

    row: int
    cells: tuple[str, ...] = ()
    text: str = ""
    damage: ReasonCode | None = None


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM) or CP949, line ends made plain.

    A file with single damaged characters keeps them as U+FFFD when its first line shows which encoding was meant.
    Raises FileEmpty, FileTooLarge, FileNotText, FileEncodingUnknown.
    """
    if len(data) > MOST_BYTES:
        raise FileTooLarge(megabytes=len(data) // 1_000_000, most=MOST_BYTES // 1_000_000)
    if b"\0" in data:
        raise FileNotText
    text = _decode_whole(data)
    if not text.strip():
        raise FileEmpty
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_whole(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    first_line = data.split(b"\n", 1)[0]
    for encoding in ENCODINGS:
        try:
            first_line.decode(encoding)
        except UnicodeDecodeError:
            continue
        return data.decode(encoding, errors="replace")
    raise FileEncodingUnknown


def cells_of(text: str, delimiter: str) -> tuple[str, ...] | None:
    """The cells of one record, or None when its quotes do not work out."""
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None


def records(lines: list[str], start: int, delimiter: str, width: int) -> Iterator[Record]:
    """The records from line index `start` on. Blank lines are no rows; every other line is in one record.

    A record may span lines inside quotes, but only when that gives exactly `width` cells: so a stray quote mark
    cannot swallow the rows after it.
    """
    at = start
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        record, used = _record(lines, at, delimiter, width)
        yield record
        at += used


def _record(lines: list[str], at: int, delimiter: str, width: int) -> tuple[Record, int]:
    row, line = at + 1, lines[at]
    if len(line) > LONGEST_LINE:
        return Record(row, (), line, "line_too_long"), 1
    cells = cells_of(line, delimiter)
    if cells is not None:
        fitted = _fitted(cells, width)
        return (Record(row, fitted) if fitted else Record(row, (), line, "cell_count")), 1
    text = line
    for used, more in enumerate(lines[at + 1 : at + LONGEST_RECORD_LINES], start=2):
        text = f"{text}\n{more}"
        if len(text) > LONGEST_LINE:
            break
        cells = cells_of(text, delimiter)
        if cells is not None and (fitted := _fitted(cells, width)):
            return Record(row, fitted), used
    return Record(row, (), line, "quotes"), 1


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...] | None:
    """Cells as wide as the header. Blank cells too many (a delimiter at the line's end) carry nothing."""
    surplus = any(cell.strip(" ") for cell in cells[width:])
    return cells[:width] if len(cells) >= width and not surplus else None
