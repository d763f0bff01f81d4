"""Receipts of payments at a counter: on the screen, as PDF, and as bytes for a till printer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.papers import Receipt, press
from jangteo.domains.markets.models import Market
from jangteo.faces.shop.counter_sales import sale_or_404
from jangteo.faces.shop.pages import asked, market_page, shown
from jangteo.faces.shop.sale_receipts import sale_receipt as receipt_of
from jangteo.faces.shop.views.receipt import paper_file, paper_width
from jangteo.kernel import clock
from jangteo.kernel.qr import qr_svg


@require_safe
@market_page
def sale_receipt(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    sale = sale_or_404(token)
    paper = receipt_of(request, market, sale)
    facts: dict[str, object] = {"sale": sale, "paper": paper, "qr": qr_svg(paper.link) if paper else ""}
    return shown(request, market, "sale_receipt.html", facts)


@require_safe
@market_page
def sale_receipt_pdf(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    sale = sale_or_404(token)
    paper = _paper(request, market, sale)
    return paper_file(press().receipt_pdf(paper), "application/pdf", f"{_name(paper)}.pdf")


@require_safe
@market_page
def sale_receipt_bytes(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """For a till printer; `paper` is its width in millimetres, 58 or 80."""
    paper = _paper(request, market, sale_or_404(token))
    made = press().receipt_bytes(paper, paper_width(asked(request, "paper")))
    return paper_file(made, "application/octet-stream", f"{_name(paper)}.escpos")


def _paper(request: HttpRequest, market: Market, sale: CounterSale) -> Receipt:
    """Papers are Korean. Raises Http404 for a sale without money."""
    with translation.override("ko"):
        paper = receipt_of(request, market, sale)
    if paper is None:
        raise Http404(sale.token)
    return paper


def _name(paper: Receipt) -> str:
    """By the moment it was paid, as there is no number."""
    return f"receipt-{paper.moment.astimezone(clock.KST):%Y%m%d-%H%M}"
