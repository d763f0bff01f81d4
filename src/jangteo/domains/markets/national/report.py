"""What came of an import, row by row. Sentences are made elsewhere, from the codes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

LONGEST_VALUE = 200
ReasonCode = Literal[
    # of a column
    "column_unknown",
    "column_repeated",
    "column_blank",
    # of a line
    "line_too_long",
    "cell_count",
    "quotes",
    # of a cell
    "damaged_characters",
    "too_long",
    "spaces_tidied",
    "name_blank",
    "address_unreadable",
    "region_unknown",
    "place_unknown",
    "coordinates_blank",
    "coordinates_half",
    "coordinates_unreadable",
    "coordinates_swapped",
    "coordinates_outside_korea",
    "count_blank",
    "count_unreadable",
    "year_blank",
    "year_unreadable",
    "date_unreadable",
    "date_in_future",
    "yes_no_unreadable",
    "homepage_unreadable",
    "phone_unreadable",
    "voucher_unknown",
    "type_unknown",
    "cycle_blank",
    "cycle_unreadable",
    "cycle_damaged",
    "cycle_not_pairs",
    "cycle_contradicts_type",
    "cycle_digits_missing",
    # of a market
    "code_repeated",
    "row_repeated",
    "release_older",
    "market_says_otherwise",
    "match_doubtful",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about one row.

    row: line number in the file, the header being 1 (for a quoted field over several lines: its first line).
    field: the Market field, or "coordinates", "match", "row", "column".
    value: the text as it stands in the file, cut to 200 characters.
    code: stable reason; `facts` are the values its sentence needs.
    """

    row: int
    field: str
    value: str
    code: ReasonCode
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.value) > LONGEST_VALUE:
            object.__setattr__(self, "value", self.value[: LONGEST_VALUE - 1] + "…")


@dataclass(frozen=True, slots=True)
class Report:
    """`read == created + updated + unchanged + len(rejected)`: a rejected row is in `rejected` exactly once.

    flagged: taken in, but something needs a look. A doubtful match or a repeated row is flagged under the field
    "match" as well as rejected, because nothing of it was taken in.
    """

    read: int
    created: int
    updated: int
    unchanged: int
    flagged: tuple[Finding, ...]
    rejected: tuple[Finding, ...]

    def __post_init__(self) -> None:
        if self.read != self.created + self.updated + self.unchanged + len(self.rejected):
            raise AssertionError(f"a row is unaccounted for: {self}")
