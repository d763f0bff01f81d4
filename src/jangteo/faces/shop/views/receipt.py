"""Receipts of an order: on the screen, as PDF, and as bytes for a till printer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.counter.papers import Paper, Receipt, press
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.queries import OrderView
from jangteo.faces.shop.cash_receipts import cash_receipt_page
from jangteo.faces.shop.pages import asked, market_page, shown
from jangteo.faces.shop.receipts import OrderReceipt, order_receipt
from jangteo.faces.shop.views.order import order_or_404
from jangteo.kernel.qr import qr_svg

PAPERS = {"58": Paper.MM_58, "80": Paper.MM_80}


@require_safe
@market_page
def receipt(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """What is final, and what is not yet, stall by stall."""
    view = order_or_404(token)
    found = _receipt(request, market, view)
    facts: dict[str, object] = {"view": view, "receipt": found}
    if found.paper is not None:
        facts["qr"] = qr_svg(found.paper.link)
    return shown(request, market, "receipt.html", facts)


@require_safe
@market_page
def receipt_pdf(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    paper = _paper(request, market, token)
    return paper_file(press().receipt_pdf(paper), "application/pdf", f"receipt-{paper.order_number}.pdf")


@require_safe
@market_page
def receipt_bytes(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """For a till printer; `paper` is its width in millimetres, 58 or 80."""
    paper = _paper(request, market, token)
    made = press().receipt_bytes(paper, paper_width(asked(request, "paper")))
    return paper_file(made, "application/octet-stream", f"receipt-{paper.order_number}.escpos")


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def cash_receipt(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """Ask for a cash receipt about the order."""
    view = order_or_404(token)
    return cash_receipt_page(request, market, view.order.ref, reverse("order", args=[market.slug, token]))


def _receipt(request: HttpRequest, market: Market, view: OrderView) -> OrderReceipt:
    link = request.build_absolute_uri(reverse("order", args=[market.slug, view.order.token]))
    return order_receipt(market, view, link)


def _paper(request: HttpRequest, market: Market, token: str) -> Receipt:
    """Papers are Korean. Raises Http404 while nothing is final."""
    with translation.override("ko"):
        paper = _receipt(request, market, order_or_404(token)).paper
    if paper is None:
        raise Http404(token)
    return paper


def paper_width(text: str) -> Paper:
    """58 or 80 millimetres; the narrow one for anything else, which every printer has room for."""
    return PAPERS.get(text, Paper.MM_58)


def paper_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be kept under this name."""
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
