"""What a pay-out file would look like in each bank's form, with two invented pay-outs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.settlement.bankfiles.layouts import layouts
from jangteo.domains.settlement.bankfiles.lines import PayoutLine
from jangteo.domains.settlement.bankfiles.writing import csv_text, payout_rows

# Accounts that nobody has.
LINES = (
    PayoutLine("088", "000123456789", "김순자", 128_000, "정산 12-1"),
    PayoutLine("011", "00098765432101", "이말숙", 46_500, "정산 12-2"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a file; `text` is how a CSV has them, `encoding` its letters ("cp949" or "utf-8-bom")."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    text: str
    encoding: str


def samples() -> dict[str, Sample]:
    """By the name of the layout."""
    found = {}
    for name, layout in layouts().items():
        rows = payout_rows(LINES, layout)
        found[name] = Sample(rows[0], rows[1:], csv_text(rows), layout.encoding)
    return found
