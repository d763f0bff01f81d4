"""From the file to rows of values, each with what there is to say about it. Nothing here knows the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TypeVar

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.errors import FileEmpty
from jangteo.domains.markets.national import fields
from jangteo.domains.markets.national.columns import KNOWN_HEADERS, Columns, read_columns
from jangteo.domains.markets.national.cycles import is_known_type, read_cycle
from jangteo.domains.markets.national.identity import Described, Identity, identity, region_of
from jangteo.domains.markets.national.reader import Record, decode, records
from jangteo.domains.markets.national.report import Finding, ReasonCode

T = TypeVar("T")
# A blank here is told row by row: nearly every market has them.
EXPECTED = frozenset({"name", "latitude", "longitude", "cycle_text", "stall_count", "founded_year"})


@dataclass(frozen=True, slots=True)
class MarketRow:
    """What one row says. None means that it says nothing readable about the field, so it changes nothing there."""

    row: int
    name: str
    market_type: str | None = None
    address_road: str | None = None
    address_lot: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    cycle_text: str | None = None
    cycle: Cycle | None = None
    stall_count: int | None = None
    goods_text: str | None = None
    vouchers_text: str | None = None
    vouchers: list[str] | None = None
    homepage: str | None = None
    has_toilet: bool | None = None
    has_parking: bool | None = None
    founded_year: int | None = None
    phone: str | None = None
    reference_date: date | None = None
    provider: str | None = None
    official_code: str | None = None

    @property
    def identity(self) -> Identity:
        return identity(
            Described(
                name=self.name,
                address_road=self.address_road or "",
                address_lot=self.address_lot or "",
                latitude=self.latitude,
                longitude=self.longitude,
                official_code=self.official_code or "",
            )
        )


@dataclass(frozen=True, slots=True)
class MarketFile:
    """`read` counts rows and not lines: len(rows) + len(rejected). Findings are in file order."""

    read: int
    rows: tuple[MarketRow, ...]
    flagged: tuple[Finding, ...]
    rejected: tuple[Finding, ...]


def read_file(data: bytes, today: date) -> MarketFile:
    """Read a release of the national standard file. Raises the FileRefused of `errors`; a bad row never raises.

    `today` is the Korean date that no reference date may lie after.
    """
    lines = decode(data).split("\n")
    header = next(at for at, line in enumerate(lines) if line.strip())
    columns = read_columns(lines[header])
    every = list(records(lines, header + 1, columns.delimiter, columns.width))
    if not every:
        raise FileEmpty
    spoken = {at for record in every for at, cell in enumerate(record.cells) if cell.strip()}
    flagged = _about_columns(header + 1, columns, spoken)
    rows: list[MarketRow] = []
    rejected: list[Finding] = []
    for record in every:
        reading = _Reading(record, columns, today)
        row = reading.market_row()
        if isinstance(row, Finding):
            rejected.append(row)
        else:
            rows.append(row)
            flagged += reading.notes
    rows, repeated = _without_repeated_codes(rows)
    return MarketFile(len(every), tuple(rows), tuple(sorted(flagged + repeated, key=_by_row)), tuple(rejected))


def _by_row(finding: Finding) -> int:
    return finding.row


def _about_columns(row: int, columns: Columns, spoken: set[int]) -> list[Finding]:
    """What to tell once, at the header: columns not used, and known ones that are blank in every row.

    A wholly blank column of what most markets have is told row by row instead.
    """
    unused = [Finding(row, "column", name, why) for at, name, why in columns.unused if name or at in spoken]
    blank = [
        Finding(row, field, KNOWN_HEADERS[field][0], "column_blank")
        for field, at in sorted(columns.at.items(), key=lambda item: item[1])
        if at not in spoken and field not in EXPECTED
    ]
    return unused + blank


def _without_repeated_codes(rows: list[MarketRow]) -> tuple[list[MarketRow], list[Finding]]:
    """A market code that several rows carry identifies none of them: it is flagged and left out."""
    uses = Counter(row.official_code or "" for row in rows)
    repeated = {code: times for code, times in uses.items() if code and times > 1}
    kept = [replace(row, official_code=None) if row.official_code in repeated else row for row in rows]
    told = [
        Finding(row.row, "official_code", row.official_code, "code_repeated", {"times": repeated[row.official_code]})
        for row in rows
        if row.official_code in repeated
    ]
    return kept, told


class _Reading:
    """One record on its way to a MarketRow; `notes` are what there is to flag about it."""

    def __init__(self, record: Record, columns: Columns, today: date) -> None:
        self._record = record
        self._columns = columns
        self._today = today
        self.notes: list[Finding] = []

    def market_row(self) -> MarketRow | Finding:
        """The row, or why nothing of it can be taken in."""
        if self._record.damage:
            return self._finding("row", self._record.text, self._record.damage)
        name = self._text("name")
        if not name:
            return self._finding("name", self._raw("name"), self.notes[-1].code if self.notes else "name_blank")
        road, lot = self._address("address_road"), self._address("address_lot")
        latitude, longitude = self._coordinates()
        if not road and not lot and latitude is None:
            return self._finding("address_road", name, "place_unknown")
        row = MarketRow(
            row=self._record.row,
            name=name,
            address_road=road,
            address_lot=lot,
            latitude=latitude,
            longitude=longitude,
            stall_count=self._value("stall_count", fields.read_count, blank="count_blank"),
            goods_text=self._text("goods_text"),
            homepage=self._value("homepage", fields.read_homepage),
            has_toilet=self._value("has_toilet", fields.read_yes_no),
            has_parking=self._value("has_parking", fields.read_yes_no),
            founded_year=self._value("founded_year", partial(fields.read_year, today=self._today), blank="year_blank"),
            phone=self._value("phone", fields.read_phone),
            reference_date=self._value("reference_date", partial(fields.read_date, today=self._today)),
            provider=self._text("provider"),
            official_code=self._text("official_code"),
        )
        return self._with_vouchers(self._with_cycle(row))

    def _with_cycle(self, row: MarketRow) -> MarketRow:
        """Add type and cycle, which only make sense together."""
        type_text, cycle_text = self._text("market_type"), self._text("cycle_text")
        if type_text and not is_known_type(type_text):
            self._note("market_type", type_text, "type_unknown")
        read = read_cycle(cycle_text or "", type_text or "")
        if read.problem and (self._has("cycle_text") or read.problem != "cycle_blank"):
            self._note("cycle", cycle_text or type_text or "", read.problem)
        return replace(row, market_type=type_text, cycle_text=cycle_text, cycle=read.cycle)

    def _with_vouchers(self, row: MarketRow) -> MarketRow:
        text = self._text("vouchers_text")
        if text is None:
            return row
        try:
            return replace(row, vouchers_text=text, vouchers=fields.read_vouchers(text))
        except fields.Unreadable as wrong:
            self._note("vouchers", text, wrong.code)
            return replace(row, vouchers_text=text)

    def _address(self, field: str) -> str | None:
        self._note_untidy(field)
        text = self._value(field, partial(fields.read_place, field))
        if text is None or region_of(text).province:
            return text
        whole = " ".join([self._cell("province"), self._cell("city"), text]).strip()
        if region_of(whole).province and len(whole) <= fields.LONGEST[field]:
            return whole
        self._note(field, text, "region_unknown")
        return text

    def _coordinates(self) -> tuple[Decimal, Decimal] | tuple[None, None]:
        if not (self._has("latitude") and self._has("longitude")):
            return None, None
        latitude, longitude = self._cell("latitude"), self._cell("longitude")
        try:
            if not latitude or not longitude:
                raise fields.Unreadable("coordinates_half" if latitude or longitude else "coordinates_blank")
            return fields.read_coordinates(latitude, longitude)
        except fields.Unreadable as wrong:
            self._note("coordinates", ", ".join(part for part in (latitude, longitude) if part), wrong.code)
            return None, None

    def _text(self, field: str) -> str | None:
        self._note_untidy(field)
        return self._value(field, partial(fields.read_text, field))

    def _value(self, field: str, read: Callable[[str], T], *, blank: ReasonCode | None = None) -> T | None:
        """The cell's value; None and a note when it cannot be read (or is blank where `blank` names the note)."""
        cell = self._cell(field)
        if not cell:
            if blank and self._has(field):
                self._note(field, "", blank)
            return None
        try:
            return read(cell)
        except fields.Unreadable as wrong:
            self._note(field, cell, wrong.code)
            return None

    def _has(self, field: str) -> bool:
        return field in self._columns.at

    def _raw(self, field: str) -> str:
        at = self._columns.at.get(field)
        return self._record.cells[at] if at is not None else ""

    def _cell(self, field: str) -> str:
        return fields.tidy(self._raw(field))

    def _note_untidy(self, field: str) -> None:
        if fields.is_untidy(self._raw(field)):
            self._note(field, self._raw(field), "spaces_tidied")

    def _note(self, field: str, value: str, code: ReasonCode) -> None:
        self.notes.append(self._finding(field, value, code))

    def _finding(self, field: str, value: str, code: ReasonCode) -> Finding:
        return Finding(self._record.row, field, value, code)
