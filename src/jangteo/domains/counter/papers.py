"""What is printed, as plain values, and the press that prints it. The project hands the press over at start.

Receipts go over the stalls of one order, or over an amount that one stall took at its counter; each stall is the
seller of its own goods and stands with its own number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Protocol
from urllib.parse import urlsplit

from jangteo.domains.counter.slip_papers import OrderSlip
from jangteo.kernel.clock import KST

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NUMBER = re.compile(r"[0-9]{6}")


class Paper(IntEnum):
    """Columns of the two usual widths of a till printer's paper."""

    MM_58 = 32
    MM_80 = 48


@dataclass(frozen=True, slots=True)
class Sticker:
    """One A6 page. `link` is where the code leads (https); the six-digit `number` leads to the same place.

    The colours (#RRGGBB) are those of the market's awning. Raises ValueError for what cannot be printed.
    """

    market_name: str
    stripe_a: str
    stripe_b: str
    stall_name: str
    link: str
    number: str

    def __post_init__(self) -> None:
        if not (self.market_name.strip() and self.stall_name.strip()):
            raise ValueError("a sticker names its market and its stall")
        if not (_COLOUR.fullmatch(self.stripe_a) and _COLOUR.fullmatch(self.stripe_b)):
            raise ValueError("a stripe has two colours as #RRGGBB")
        if urlsplit(self.link).scheme != "https" or not urlsplit(self.link).hostname:
            raise ValueError("the code of a sticker is a full https address")
        if not _NUMBER.fullmatch(self.number):
            raise ValueError("a stall's number has six digits")


@dataclass(frozen=True, slots=True)
class Line:
    """One good as it was sold. Minus is money back.

    `origin` is printed as large and dark as the name, as the law wants it; `note`, smaller, is for grams and the price
    of one.
    """

    name: str
    origin: str
    note: str
    amount_won: int
    is_exempt: bool


@dataclass(frozen=True, slots=True)
class Vat:
    """How the amount of a section divides: what taxable goods cost without their tax, the tax, and exempt goods."""

    supply_won: int
    vat_won: int
    exempt_won: int


@dataclass(frozen=True, slots=True)
class Section:
    """What one stall sold. `vat` is None for a stall that may not show any (simplified taxation, exempt goods only).

    `business_number` is as it is shown, "" for a stall without one; `seller` is whatever else names it: the owner,
    the telephone number. Raises ValueError when the tax does not add up to the lines.
    """

    stall_name: str
    business_number: str
    seller: str
    lines: tuple[Line, ...]
    vat: Vat | None

    def __post_init__(self) -> None:
        exempt = sum(line.amount_won for line in self.lines if line.is_exempt)
        taxable = self.total_won - exempt
        if not self.lines:
            raise ValueError(f"{self.stall_name} sold nothing")
        if self.vat and (self.vat.supply_won + self.vat.vat_won, self.vat.exempt_won) != (taxable, exempt):
            raise ValueError(f"the tax of {self.stall_name} does not add up to its lines")

    @property
    def marks_exempt(self) -> bool:
        """Exempt goods carry a mark where others beside them are taxed."""
        return self.vat is not None and len({line.is_exempt for line in self.lines}) == 2

    @property
    def total_won(self) -> int:
        return sum(line.amount_won for line in self.lines)


@dataclass(frozen=True, slots=True)
class Tender:
    """What paid, in the words of the receipt, and how much of it."""

    name: str
    amount_won: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """One order, or one payment at a counter, whose `order_number` is "".

    `facts` are pairs to be printed below the tenders (approval number of a cash receipt, a card slip's); `link` leads
    to its own page. Raises ValueError when the tenders do not add up to the sections.
    """

    market_name: str
    stripe_a: str
    stripe_b: str
    order_number: str
    moment: datetime
    sections: tuple[Section, ...]
    tenders: tuple[Tender, ...]
    facts: tuple[tuple[str, str], ...]
    link: str

    def __post_init__(self) -> None:
        if self.moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        if not self.sections or sum(tender.amount_won for tender in self.tenders) != self.total_won:
            raise ValueError(f"the tenders of receipt {self.order_number} do not add up to its sections")

    @property
    def total_won(self) -> int:
        return sum(section.total_won for section in self.sections)

    @property
    def is_of_counter(self) -> bool:
        return not self.order_number

    @property
    def printed_moment(self) -> str:
        """Korean wall-clock time to the minute."""
        return f"{self.moment.astimezone(KST):%Y-%m-%d %H:%M}"


class Press(Protocol):
    """Everything comes out the same, to the byte, for the same values."""

    def stickers_pdf(self, stickers: Sequence[Sticker]) -> bytes:
        """A6, a page for each. Raises ValueError for none."""
        ...

    def receipt_pdf(self, receipt: Receipt) -> bytes:
        """One page, 80 mm wide and as long as it has to be."""
        ...

    def receipt_bytes(self, receipt: Receipt, paper: Paper) -> bytes:
        """ESC/POS in CP949, for a till printer."""
        ...

    def slip_bytes(self, slip: OrderSlip, paper: Paper) -> bytes:
        """ESC/POS in CP949, for a till printer."""
        ...


_presses: list[Press] = []


def use(press: Press) -> None:
    """Replace the press."""
    _presses[:] = [press]


def press() -> Press:
    """The press that prints. Raises LookupError before the project has handed one over."""
    if not _presses:
        raise LookupError("no press was set up")
    return _presses[0]
