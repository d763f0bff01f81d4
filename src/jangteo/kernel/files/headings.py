"""Finds the row with the headings, and which column holds what. Files begin with titles and account numbers often."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from jangteo.kernel.files.tables import Row, Table

ROWS_TO_LOOK_AT = 30


def plain_heading(heading: str) -> str:
    """A heading without what files of the same kind write differently: case, blanks, units in brackets."""
    return _signs(unicodedata.normalize("NFKC", heading).casefold().partition("(")[0])


def _whole_heading(heading: str) -> str:
    """The same with what stands in brackets."""
    return _signs(unicodedata.normalize("NFKC", heading).casefold())


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum() or sign == "_")


def columns_of(row: Row, headings: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Field to place for each field that one of the row's cells is a heading of. The earlier heading is preferred.

    A heading that is asked for with brackets tells two columns apart by them, so they must be there.
    """
    places: dict[str, int] = {}
    whole: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        places.setdefault(plain_heading(cell), place)
        whole.setdefault(_whole_heading(cell), place)
    found: dict[str, int] = {}
    for field, names in headings.items():
        places_of = (
            whole.get(_whole_heading(name)) if "(" in name else places.get(plain_heading(name)) for name in names
        )
        known = [place for place in places_of if place is not None]
        if known:
            found[field] = known[0]
    return found


def heading_row(
    table: Table, headings: Mapping[str, tuple[str, ...]], needed: Iterable[str]
) -> tuple[int, dict[str, int]] | None:
    """Which of the table's first rows has all the needed columns, and the places of those and the others."""
    wanted = set(needed)
    for at, row in enumerate(table.rows[:ROWS_TO_LOOK_AT]):
        columns = columns_of(row, headings)
        if wanted <= columns.keys():
            return at, columns
    return None
