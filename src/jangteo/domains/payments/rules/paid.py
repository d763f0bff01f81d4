"""An order as it was paid, and how much of it is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jangteo.domains.payments.rules.matrix import Matrix
from jangteo.domains.payments.rules.tenders import KINDS, RefundTo, TenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A tender of the matrix: `won` is what was captured of it, `lines` are those it may pay.

    `refund_until` is the last day it can go back the way it came. For a coupon, `coupon` names it (its funders have a
    column each), and `needs_won` is its minimum.
    """

    key: str
    kind: TenderKind
    won: int
    lines: frozenset[str]
    refund_until: date | None = None
    coupon: str = ""
    needs_won: int = 0


@dataclass(frozen=True, slots=True)
class Paid:
    """`left` is the matrix as captured less all that was given back since; `exempt` are lines without VAT."""

    columns: tuple[Column, ...]
    left: Matrix
    exempt: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if tuple(column.key for column in self.columns) != self.left.tenders:
            raise ValueError("the columns are not those of the matrix")
        if not all(column.coupon for column in self.coupons):
            raise ValueError("a coupon has no name")

    @property
    def coupons(self) -> list[Column]:
        return [column for column in self.columns if column.kind is TenderKind.COUPON]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def tax_free_won(self, key: str) -> int:
        """How much of what is left of a tender is for goods without VAT."""
        return self.left.tender_won(key, self.exempt)

    def way_back(self, column: Column, won: int, day: date) -> RefundTo:
        """Where `won` of a tender can go on that day: as it came, or to a bank account where that way is closed."""
        facts = KINDS[column.kind]
        if facts.refund_to is RefundTo.FUNDER:
            return RefundTo.FUNDER
        too_late = column.refund_until is not None and day > column.refund_until
        cannot_be_cut = not facts.partial_refund and won < column.won
        return RefundTo.ACCOUNT if too_late or cannot_be_cut else facts.refund_to
