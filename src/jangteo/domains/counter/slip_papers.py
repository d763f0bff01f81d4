"""An order's slip on a till printer's paper, as plain values: for a stall that would rather hold paper than a phone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One good, counted the Korean way, and what it comes to ("12,000원쯤" while the scale decides)."""

    what: str
    won: str


@dataclass(frozen=True, slots=True)
class OrderSlip:
    """One stall's part of an order. Every text is as it is printed, in Korean.

    `link` leads to the page where the stall answers the slip; `number`, typed on its phone, leads to the same page.
    Raises ValueError for a slip with nothing on it.
    """

    market_name: str
    stall_name: str
    number: int
    how: str
    customer: str
    lines: tuple[SlipLine, ...]
    total: str
    paid: str
    note: str
    link: str

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError(f"slip {self.number} has nothing on it")
