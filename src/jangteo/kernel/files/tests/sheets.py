"""Files for tests, as other people's programs would write them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter import Workbook

from jangteo.kernel.files.tables import Source

MADE_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zone
Sheet = Sequence[Sequence[str | int | float | date | None]]


def csv_file(*lines: str, name: str = "a.csv", encoding: str = "utf-8") -> Source:
    return Source(name, "".join(f"{line}\r\n" for line in lines).encode(encoding))


def xlsx_file(*sheets: Sheet, name: str = "a.xlsx") -> Source:
    made = io.BytesIO()
    workbook = Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    workbook.set_properties({"created": MADE_AT})
    for rows in sheets:
        sheet = workbook.add_worksheet()
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                elif isinstance(cell, date | datetime):
                    sheet.write_datetime(at, place, cell)
                elif cell is not None:
                    sheet.write_number(at, place, cell)
    workbook.close()
    return Source(name, made.getvalue())
