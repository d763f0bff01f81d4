"""Having somebody else pay for an order, by a link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.counter.actions.make_pay_link import make_pay_link
from jangteo.domains.counter.actions.open_pay_link import open_pay_link
from jangteo.domains.counter.errors import PayLinkDead, PayLinkUsed
from jangteo.domains.counter.models import PayLink
from jangteo.domains.counter.queries import living_pay_link, pay_link
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.errors import PaymentOver
from jangteo.faces.shop.counter_window import came_back, let_in
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.order_words import PAY_FAILED, PAY_FAILED_WORDS
from jangteo.faces.shop.pages import asked, market_page, shown
from jangteo.faces.shop.pay_links import asking, how_it_stands, window_of
from jangteo.faces.shop.views.order import order_or_404
from jangteo.kernel import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def ask(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The asker's page: make the link, then send it."""
    view = order_or_404(token)
    if request.method == "POST":
        make_pay_link(market=market, actor=actor_of(request), token=token)
        return HttpResponseRedirect(reverse("ask_payer", args=[market.slug, token]))
    link = living_pay_link(view.order)
    if link is None:
        return HttpResponseRedirect(reverse("order", args=[market.slug, token]))
    address = request.build_absolute_uri(reverse("pay_link", args=[market.slug, link.token]))
    return shown(request, market, "ask_payer.html", {"view": view, "link": link, "address": address})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def payer(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The payer's page. Only a press opens the window, so a messenger's preview does nothing."""
    link = _link_or_404(token)
    stands = how_it_stands(link, clock.now())
    if request.method != "POST" or stands != "waiting":
        return shown(request, market, "pay_link.html", asking(link, stands))
    try:
        open_pay_link(market=market, actor=actor_of(request), token=token)
    except (PayLinkUsed, PayLinkDead):
        return HttpResponseRedirect(reverse("pay_link", args=[market.slug, token]))
    window = window_of(request, market, link)
    page = shown(request, market, "pay_link_window.html", {**asking(link, stands), "window": window})
    return let_in(request, page, window)


@require_safe
@market_page
def payer_done(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The window sends the payer back here. Whoever comes second has paid nothing, and reads so."""
    link = _link_or_404(token)
    page = reverse("pay_link", args=[market.slug, token])
    try:
        code = came_back(request, market, link.payment)
    except PaymentOver:
        return HttpResponseRedirect(page)
    if code:
        return HttpResponseRedirect(f"{reverse('pay_link_failed', args=[market.slug, token])}?code={code}")
    return HttpResponseRedirect(page)


@require_safe
@market_page
def payer_failed(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The window's own message is not shown: anybody can write an address."""
    link = _link_or_404(token)
    words = PAY_FAILED_WORDS.get(asked(request, "code"), PAY_FAILED)
    return shown(request, market, "pay_link_failed.html", {"link": link, "words": words})


def _link_or_404(token: str) -> PayLink:
    link = pay_link(token.replace("\x00", ""))
    if link is None:
        raise Http404(token)
    return link
