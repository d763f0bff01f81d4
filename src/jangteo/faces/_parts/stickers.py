"""A stall's sticker: its code leads to the page where the stall is paid, its number to the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from jangteo.domains.counter.papers import Sticker, press
from jangteo.domains.markets.models import Market, Stall


def sticker_of(request: HttpRequest, market: Market, stall: Stall) -> Sticker:
    """On the host that is looked at. What is printed outlives a plain address, so it is always https."""
    return Sticker(
        market_name=market.name,
        stripe_a=market.stripe_a,
        stripe_b=market.stripe_b,
        stall_name=stall.name,
        link=f"https://{request.get_host()}{reverse('pay_stall', args=[market.slug, stall.code])}",
        number=stall.code,
    )


def sticker_file(request: HttpRequest, market: Market, stalls: list[Stall]) -> HttpResponse:
    """A PDF to keep, a page of A6 for each stall."""
    made = press().stickers_pdf([sticker_of(request, market, stall) for stall in stalls])
    name = f"sticker-{stalls[0].code}.pdf" if len(stalls) == 1 else "stickers.pdf"
    return HttpResponse(made, "application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
