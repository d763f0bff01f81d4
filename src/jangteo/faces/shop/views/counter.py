"""Paying one stall an amount: by its sticker, its number, or the code on its phone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.counter.actions.choose_way import choose_way
from jangteo.domains.counter.coupons import ByCoupon
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import payment_of_sale, ways_of
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import is_misread_code, stall_by_code
from jangteo.faces._parts.words.coupon_words import counter_sentence
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.shop.cash_receipts import cash_receipt_page
from jangteo.faces.shop.counter_forms import PayStallForm
from jangteo.faces.shop.counter_sales import opened_by, sale_facts, sale_or_404, way_form
from jangteo.faces.shop.counter_window import came_back, let_in
from jangteo.faces.shop.customer import actor_of, user_id_of
from jangteo.faces.shop.order_words import PAY_FAILED, PAY_FAILED_WORDS
from jangteo.faces.shop.pages import asked, market_page, shown, wants_fragment
from jangteo.kernel import clock, ids, live
from jangteo.kernel.errors import Refused


@require_safe
@market_page
def dial(request: HttpRequest, market: Market) -> HttpResponse:
    """The number of a sticker that no camera reads."""
    number = asked(request, "number").replace(" ", "").replace("-", "")
    if number and stall_by_code(number[:20]) is not None:
        return HttpResponseRedirect(reverse("pay_stall", args=[market.slug, number]))
    facts = {"number": number[:20], "is_misread": is_misread_code(number)}
    return shown(request, market, "dial.html", facts, status=404 if number else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def pay_stall(request: HttpRequest, market: Market, code: str) -> HttpResponse:
    stall = stall_by_code(code)
    if stall is None:
        raise Http404(code)
    posted = request.POST if request.method == "POST" else None
    form = PayStallForm(posted, ways=ways_of(stall), key=ids.new_token())
    sale = opened_by(request, market, stall, form) if form.is_valid() else None
    if sale is not None:
        asks = f"?way={form.cleaned_data['way']}" if not sale.way else ""
        return HttpResponseRedirect(reverse("sale", args=[market.slug, sale.token]) + asks)
    return shown(request, market, "pay_stall.html", {"stall": stall, "form": form}, status=422 if posted else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def sale(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The amount on its way. A code on the stall's phone leads here first, and then a way is chosen."""
    found = sale_or_404(token)
    if request.method == "POST":
        return _chosen(request, market, found)
    facts = sale_facts(request, market, found, clock.now())
    if wants_fragment(request, "sale"):
        return render(request, "shop/parts/sale.html", {"market": market, **facts})
    ticket = live.ticket([f"sale:{found.pk}"])
    return let_in(request, shown(request, market, "sale.html", {**facts, "ticket": ticket}), facts["window"])


@require_safe
@market_page
def sale_done(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The window sends people back here."""
    payment = payment_of_sale(sale_or_404(token))
    if payment is None:
        raise Http404(token)
    code = came_back(request, market, payment)
    page = reverse("sale_failed" if code else "sale", args=[market.slug, token])
    return HttpResponseRedirect(f"{page}?code={code}" if code else page)


@require_safe
@market_page
def sale_failed(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The window's own message is not shown: anybody can write an address."""
    words = PAY_FAILED_WORDS.get(asked(request, "code"), PAY_FAILED)
    return shown(request, market, "sale_failed.html", {"sale": sale_or_404(token), "words": words})


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def sale_cash_receipt(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    return cash_receipt_page(request, market, sale_or_404(token).ref, reverse("sale", args=[market.slug, token]))


def _chosen(request: HttpRequest, market: Market, found: CounterSale) -> HttpResponse:
    form = way_form(request, found, request.POST)
    if form.is_valid():
        way, user_id, coupon = form.cleaned_data["way"], user_id_of(request), form.cleaned_data.get("coupon")
        by_coupon = ByCoupon(user_id, coupon) if coupon and user_id is not None else None
        try:
            choose_way(market=market, actor=actor_of(request), token=found.token, way=way, by_coupon=by_coupon)
            return HttpResponseRedirect(reverse("sale", args=[market.slug, found.token]))
        except Refused as no:
            form.add_error("way", counter_sentence(no) or sentence(no))
    facts = {**sale_facts(request, market, found, clock.now()), "form": form}
    return shown(request, market, "sale.html", facts, status=422)
