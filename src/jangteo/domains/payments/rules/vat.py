"""The VAT contained in an order, and which stall shows how much of it.

Prices contain the tax of a tenth. Lines come after what the stalls themselves took off (에누리), which lowers the tax;
a coupon that somebody else pays for is money like any other and does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from jangteo.kernel.money import split_won


class TaxStatus(StrEnum):
    """How a stall is registered: 일반과세, 간이과세, 면세."""

    GENERAL = "general"
    SIMPLIFIED = "simplified"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class TaxedLine:
    """A line after discounts. `taxable` is the good's own class when it was sold."""

    key: str
    stall: str
    status: TaxStatus
    won: int
    taxable: bool

    @property
    def bears_vat(self) -> bool:
        """An exempt business charges no VAT whatever it sells."""
        return self.taxable and self.status is not TaxStatus.EXEMPT


@dataclass(frozen=True, slots=True)
class OrderVat:
    """`lines` in the order given; `stalls` is what each may print, None where a receipt shows no VAT at all."""

    won: int
    tax_free_won: int
    lines: tuple[int, ...]
    stalls: dict[str, int | None]


def vat_in(taxable_won: int) -> int:
    """The tax in a price that contains it: the price less ten elevenths of it, rounded half up."""
    return taxable_won - (taxable_won * 20 + 11) // 22


def order_vat(lines: Sequence[TaxedLine]) -> OrderVat:
    """The order's VAT and each line's, stall's share of it by the largest remainder."""
    if any(line.won < 0 for line in lines):
        raise ValueError("an amount is negative")
    weights = [line.won if line.bears_vat else 0 for line in lines]
    whole = vat_in(sum(weights))
    parts = split_won(whole, weights) if whole else [0] * len(lines)
    shown: dict[str, int | None] = {}
    for line, part in zip(lines, parts, strict=True):
        shown.setdefault(line.stall, None)
        if line.bears_vat and line.status is TaxStatus.GENERAL:
            shown[line.stall] = (shown[line.stall] or 0) + part
    return OrderVat(whole, sum(line.won for line in lines) - sum(weights), tuple(parts), shown)
