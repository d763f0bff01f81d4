"""An order's matrix as it stands in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from django.db.models import QuerySet

from jangteo.domains.payments.matrix_models import Cell, Tender
from jangteo.domains.payments.rules.matrix import Matrix
from jangteo.domains.payments.rules.paid import Column, Paid
from jangteo.domains.payments.rules.refunds import Quote, Terms, quote_amount, quote_lines
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel.tenancy import whole_market

# Won by line, None for all that is left of it; or so many won over the whole order.
Asked: TypeAlias = Mapping[str, int | None] | int


@dataclass(frozen=True)
class PaidOrder:
    """The columns of an order and all its cells."""

    tenders: Sequence[Tender]
    cells: Sequence[Cell]

    def tender(self, key: str) -> Tender:
        return next(tender for tender in self.tenders if tender.key == key)

    def left_won(self, line: str) -> int:
        """What is left of a line, 0 for one that was never paid for."""
        return self.paid.left.line_won(line) if line in self.stall_of else 0

    def quote(self, asked: Asked, terms: Terms) -> Quote | None:
        """What giving this back would do, None where nothing is asked or left. Raises RefundOverLeft.

        Lines that nothing was paid for are left alone: their stall has not taken its money yet.
        """
        if isinstance(asked, int):
            return quote_amount(self.paid, asked, terms) if asked else None
        wons = {
            line: self.left_won(line) if won is None else won for line, won in asked.items() if line in self.stall_of
        }
        return quote_lines(self.paid, wons, terms) if any(wons.values()) else None

    @cached_property
    def stall_of(self) -> dict[str, int]:
        """Stall ids by line."""
        return {cell.line_key: cell.stall_id for cell in self.cells}

    @cached_property
    def paid(self) -> Paid:
        """What is left of it, as the rules for giving back take it."""
        key_of = {tender.pk: tender.key for tender in self.tenders}
        left: dict[tuple[str, str], int] = {}
        for cell in self.cells:
            place = cell.line_key, key_of[cell.tender_id]
            left[place] = left.get(place, 0) + cell.won
        lines = tuple(sorted(self.stall_of, key=int))
        keys = tuple(tender.key for tender in self.tenders)
        rows = tuple(tuple(left.get((line, key), 0) for key in keys) for line in lines)
        exempt = frozenset(cell.line_key for cell in self.cells if cell.exempt)
        return Paid(tuple(map(_column, self.tenders)), Matrix(lines, keys, rows), exempt)


def paid_order(order_ref: str) -> PaidOrder | None:
    """The order as it was paid, None before. Two queries."""
    tenders = list(_tenders(order_ref))
    cells = _cells(tenders)
    return PaidOrder(tenders, cells) if cells else None


def locked(order_ref: str) -> PaidOrder | None:
    """The same with its columns locked until commit, so that two refunds see each other."""
    tenders = list(_tenders(order_ref).select_for_update(of=("self",)))
    cells = _cells(tenders)
    return PaidOrder(tenders, cells) if cells else None


def _tenders(order_ref: str) -> QuerySet[Tender]:
    return Tender.objects.filter(order_ref=order_ref).exclude(state=Tender.State.VOID).order_by("pk")


def _cells(tenders: Sequence[Tender]) -> list[Cell]:
    """Of every stall: an order is given back as a whole, whoever presses."""
    if not tenders:
        return []
    with whole_market():
        return list(Cell.objects.filter(tender__in=tenders).order_by("pk"))


def _column(tender: Tender) -> Column:
    return Column(
        key=tender.key,
        kind=TenderKind(tender.kind),
        won=tender.won,
        lines=frozenset(tender.line_keys),
        refund_until=tender.refund_until,
        coupon=tender.coupon,
        needs_won=tender.needs_won,
    )
