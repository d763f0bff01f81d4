"""The receipt of a payment at a stall's counter: its lines where a till wrote them down, less what was given back."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jangteo.domains.counter.coupons import money_left
from jangteo.domains.counter.models import CounterSale, SaleLine
from jangteo.domains.counter.papers import Line, Receipt, Section, Tender, Vat
from jangteo.domains.counter.queries import lines_of, payment_of_sale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.payments.rules.vat import vat_in
from jangteo.faces._parts.words.paid import paid_name
from jangteo.faces._parts.words.tenders import tender_name
from jangteo.faces.shop.receipts import cash_receipt_facts
from jangteo.kernel import business_number


def sale_receipt(request: HttpRequest, market: Market, sale: CounterSale) -> Receipt | None:
    """None for a sale of which the stall has no money. Two queries, two more where a coupon paid a part."""
    if sale.state != SaleState.PAID or sale.paid_at is None:
        return None
    return Receipt(
        market_name=market.name,
        stripe_a=market.stripe_a,
        stripe_b=market.stripe_b,
        order_number="",
        moment=sale.paid_at,
        sections=(_section(sale),),
        tenders=tuple(_tenders(sale)),
        facts=cash_receipt_facts(sale.ref),
        link=request.build_absolute_uri(reverse("sale_receipt", args=[market.slug, sale.token])),
    )


def _tenders(sale: CounterSale) -> Iterator[Tender]:
    left = money_left(sale)
    if left.coupon_won:
        yield Tender(tender_name(TenderKind.COUPON), left.coupon_won)
    if left.own_won:
        yield Tender(paid_with(sale, payment_of_sale(sale)), left.own_won)


def paid_with(sale: CounterSale, payment: Payment | None) -> str:
    """The money of a sale by its name; what went through a gateway as that one calls it."""
    return tender_name(TenderKind(sale.way)) if payment is None else paid_name(payment)


def vat_won(sale: CounterSale) -> int | None:
    """The VAT in what is left of it, where the stall shows any."""
    shows = sale.stall.tax_status == Stall.TaxStatus.GENERAL and not sale.exempt
    return vat_in(sale.left_won - sale.tax_free_of(sale.left_won)) if shows else None


def _section(sale: CounterSale) -> Section:
    stall, vat = sale.stall, vat_won(sale)
    return Section(
        stall_name=stall.name,
        business_number=business_number.shown(stall.business_number) if stall.business_number else "",
        seller=stall.owner_name,
        lines=tuple(_lines(sale)),
        vat=None if vat is None else _divided(sale, vat),
    )


def _divided(sale: CounterSale, vat: int) -> Vat:
    exempt = sale.tax_free_of(sale.left_won)
    return Vat(sale.left_won - exempt - vat, vat, exempt)


def _lines(sale: CounterSale) -> Iterator[Line]:
    """What was rung up, and what went back of it by its tax class; one line where nobody wrote anything down."""
    sold = lines_of(sale)
    if not sold:
        yield Line(_("가게에서 산 것"), "", "", sale.left_won, sale.exempt)
        return
    for line in sold:
        name = f"{line.name} {line.unit}".strip() or _("가게에서 산 것")
        yield Line(name, line.origin, _measure(line), line.amount_won, line.exempt)
    back_exempt = sale.tax_free_won - sale.tax_free_of(sale.left_won)
    for won, exempt in ((sale.refunded_won - back_exempt, False), (back_exempt, True)):
        if won:
            yield Line(_("돌려드린 돈"), "", "", -won, exempt)


def _measure(line: SaleLine) -> str:
    if line.grams is not None:
        return _("%(grams)sg, %(per)sg에 %(won)s원") % {
            "grams": f"{line.grams:,}",
            "per": line.price_grams,
            "won": f"{line.price_won:,}",
        }
    return f"{line.price_won:,} × {line.quantity}" if line.quantity > 1 else ""
