"""The receipt of an order: each stall that has handed its goods over, with its own number, tax and share of the money.

What is not handed over yet is not final and is not on it. Papers are Korean, whatever the screen's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from jangteo.domains.counter.papers import Line, Receipt, Section, Tender, Vat
from jangteo.domains.counter.queries import cash_receipt_about
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.queries import LineView, OrderView, PartView, tax_of_lines
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.paid_orders import PaidOrder, paid_order
from jangteo.domains.payments.queries import payment_for
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.payments.rules.vat import OrderVat, TaxedLine, TaxStatus, order_vat
from jangteo.faces._parts.templatetags.parts import grams, won
from jangteo.faces._parts.words.counting import counted
from jangteo.faces._parts.words.paid import IN_A_WINDOW, paid_name
from jangteo.faces._parts.words.tenders import tender_name
from jangteo.kernel import business_number


@dataclass(frozen=True, slots=True)
class OrderReceipt:
    """`paper` is what is final, None while nothing is; `waiting` are the stalls whose part is not."""

    paper: Receipt | None
    waiting: tuple[PartView, ...]


def order_receipt(market: Market, view: OrderView, link: str) -> OrderReceipt:
    """`link` is the order's own page in full. Five queries."""
    counted_parts = [part for part in view.paid_parts if part.counts]
    final = [part for part in counted_parts if part.state == PartState.HANDED_OVER]
    waiting = tuple(part for part in counted_parts if part.state != PartState.HANDED_OVER and not part.is_fee)
    paid = paid_order(view.order.ref)
    left = _left(final, paid)
    sold = [(part, [line for line in part.lines if left[line.id]]) for part in final]
    sold = [(part, lines) for part, lines in sold if lines]
    if not sold:
        return OrderReceipt(None, waiting)
    exempt = tax_of_lines(view.order)
    vat = order_vat([_taxed(part.stall, line, left, exempt) for part, lines in sold for line in lines])
    paper = Receipt(
        market_name=market.name,
        stripe_a=market.stripe_a,
        stripe_b=market.stripe_b,
        order_number=str(view.order.number),
        moment=_moment(sold),
        sections=tuple(_section(part.stall, lines, left, exempt, vat) for part, lines in sold),
        tenders=_tenders([line for _part, lines in sold for line in lines], left, paid, payment_for(view.order.ref)),
        facts=cash_receipt_facts(view.order.ref),
        link=link,
    )
    return OrderReceipt(paper, waiting)


def cash_receipt_facts(ref: str) -> tuple[tuple[str, str], ...]:
    """The approval number of a cash receipt that was issued about it, as receipts print it. One query."""
    receipt = cash_receipt_about(ref)
    if receipt is None or receipt.state != "issued":
        return ()
    return ((_("현금영수증 승인 번호"), receipt.issue_number),)


def _left(final: list[PartView], paid: PaidOrder | None) -> dict[int, int]:
    """Won by line, less what was given back. Orders that were handed over before money had a matrix: what was due."""
    due = {line.id: line.due_won for part in final for line in part.lines}
    if paid is None:
        return due
    matrix = paid.paid.left
    return {line_id: matrix.line_won(str(line_id)) if str(line_id) in matrix.lines else 0 for line_id in due}


def _moment(sold: list[tuple[PartView, list[LineView]]]) -> datetime:
    return max(part.changed_at for part, _lines in sold)


def _status(stall: Stall) -> TaxStatus:
    """Nobody has said it: such a stall's goods bear VAT, and its receipts show none."""
    return TaxStatus(stall.tax_status) if stall.tax_status else TaxStatus.SIMPLIFIED


def _taxed(stall: Stall, line: LineView, left: Mapping[int, int], exempt: Mapping[int, bool]) -> TaxedLine:
    return TaxedLine(str(line.id), str(stall.pk), _status(stall), left[line.id], not exempt[line.id])


def _section(
    stall: Stall, lines: list[LineView], left: Mapping[int, int], exempt: Mapping[int, bool], vat: OrderVat
) -> Section:
    number = business_number.shown(stall.business_number) if stall.business_number else ""
    return Section(
        stall_name=stall.name,
        business_number=number,
        seller=stall.owner_name,
        lines=tuple(
            Line(counted(line.name, line.unit, line.quantity), line.origin, _note(line), left[line.id], exempt[line.id])
            for line in lines
        ),
        vat=_vat(vat.stalls[str(stall.pk)], [(left[line.id], exempt[line.id]) for line in lines]),
    )


def _vat(shown_won: int | None, lines: list[tuple[int, bool]]) -> Vat | None:
    if shown_won is None:
        return None
    taxable = sum(won for won, is_exempt in lines if not is_exempt)
    return Vat(taxable - shown_won, shown_won, sum(won for won, is_exempt in lines if is_exempt))


def _note(line: LineView) -> str:
    if line.final_grams is None or line.price_grams is None:
        return ""
    facts = {"weight": grams(line.final_grams), "per": grams(line.price_grams), "price": won(line.price_won)}
    return _("%(weight)s, %(per)s에 %(price)s원") % facts


def _tenders(
    lines: list[LineView], left: Mapping[int, int], paid: PaidOrder | None, payment: Payment | None
) -> tuple[Tender, ...]:
    total = sum(left[line.id] for line in lines)
    if paid is None:
        return (Tender(tender_name(TenderKind.RECORDED_OFFLINE), total),)
    among = frozenset(str(line.id) for line in lines)
    by_name: dict[str, int] = {}
    for column in paid.paid.columns:
        ahead = column.kind in IN_A_WINDOW and paid.tender(column.key).stall_id is None
        name = paid_name(payment) if payment is not None and ahead else tender_name(column.kind)
        by_name[name] = by_name.get(name, 0) + paid.paid.left.tender_won(column.key, among)
    return tuple(Tender(name, amount) for name, amount in by_name.items() if amount)
