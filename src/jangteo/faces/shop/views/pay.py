"""Paying in the gateway's own window. What the browser brings back is a claim; the worker asks the gateway."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.actions.note_return import note_return
from jangteo.domains.payments.errors import PaymentOver
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import (
    CannotAsk,
    CardGateway,
    GatewayRejected,
    GatewayUnknown,
    Returned,
    WindowGateway,
)
from jangteo.domains.payments.queries import payment_for
from jangteo.domains.payments.redirect_port import RedirectGateway
from jangteo.domains.payments.states import AUTHORISABLE
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.order_words import PAY_FAILED, PAY_FAILED_WORDS, PAY_SILENT
from jangteo.faces.shop.pages import asked, market_page, shown
from jangteo.faces.shop.views.order import order_or_404
from jangteo.faces.shop.ways import words_of
from jangteo.faces.shop.windows import Paying, checkout_of, let_form_out, let_script_in, window_address

ALREADY_PAID = "ALREADY_PAID"


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def pay(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The page before the window. Where the gateway hands addresses out, its button posts and leads there."""
    view = order_or_404(token)
    payment = payment_for(view.order.ref)
    if view.order.state != OrderState.AWAITING_PAYMENT or payment is None or payment.state not in AUTHORISABLE:
        return _to_order(market, view)
    paying = Paying(request, market, view, payment)
    try:
        return _before_window(paying, _gateway_of(payment))
    except (GatewayRejected, GatewayUnknown, CannotAsk) as problem:
        return _not_opened(paying, problem)


@require_safe
@market_page
def pay_done(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The window sends people back here; only our own reference and amount are believed."""
    view = order_or_404(token)
    payment = payment_for(view.order.ref)
    gateway = _gateway_of(payment) if payment else None
    if payment is None or not isinstance(gateway, WindowGateway):
        raise Http404(token)
    returned = gateway.came_back({name: asked(request, name) for name in request.GET})
    if returned.order_ref != view.order.ref:
        raise Http404(token)
    if returned.code:
        return HttpResponseRedirect(f"{reverse('pay_failed', args=[market.slug, token])}?code={returned.code[:60]}")
    _note(Paying(request, market, view, payment), returned, taken=gateway.takes_by_itself)
    return _to_order(market, view)


@require_safe
@market_page
def pay_back(request: HttpRequest, market: Market, token: str, window: str) -> HttpResponse:
    """The same for a window that we gave an address of its own to come back to, with a token good for one approval."""
    view = order_or_404(token)
    payment = payment_for(view.order.ref)
    if payment is None:
        raise Http404(token)
    actor, ref = actor_of(request), payment.order_ref
    tid = note_return(market=market, actor=actor, order_ref=ref, key=window, token=asked(request, "pg_token"))
    _note(Paying(request, market, view, payment), Returned(ref, tid, tid, None), taken=False)
    return _to_order(market, view)


@require_safe
@market_page
def pay_failed(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The window's own message is not shown: anybody can write an address."""
    view = order_or_404(token)
    payment = payment_for(view.order.ref)
    if payment is None:
        raise Http404(token)
    words = PAY_FAILED_WORDS.get(asked(request, "code"), PAY_FAILED)
    return _failed(Paying(request, market, view, payment), words, status=200)


def _gateway_of(payment: Payment) -> CardGateway:
    gateway = gateways.by_name(payment.gateway)
    if gateway is None:
        raise Http404(payment.gateway)
    return gateway


def _before_window(paying: Paying, gateway: CardGateway) -> HttpResponse:
    facts = {"view": paying.view, "payment": paying.payment, "name": paying.order_name, "way": words_of(paying.way)}
    if isinstance(gateway, RedirectGateway):
        if paying.request.method == "POST":
            return HttpResponseRedirect(window_address(paying, gateway))
        page = shown(paying.request, paying.market, "pay.html", facts)
        return let_form_out(paying.request, page, gateway.window_urls)
    checkout = checkout_of(paying, gateway)
    facts |= {"checkout": checkout, "opener": gateway.name}
    return let_script_in(paying.request, shown(paying.request, paying.market, "pay.html", facts), checkout)


def _note(paying: Paying, returned: Returned, *, taken: bool) -> None:
    """Have the worker ask for the money. Where it may be taken already, it is looked for even after we gave up."""
    try:
        note_authorisation(
            market=paying.market,
            actor=actor_of(paying.request),
            order_ref=returned.order_ref,
            payment_key=returned.payment_key,
            amount_won=paying.payment.amount_won if returned.amount_won is None else returned.amount_won,
            attempt=returned.attempt,
        )
    except PaymentOver:
        if not taken:
            raise


def _not_opened(paying: Paying, problem: GatewayRejected | GatewayUnknown | CannotAsk) -> HttpResponse:
    if isinstance(problem, GatewayUnknown):
        return _failed(paying, PAY_SILENT, status=503)
    if problem.code == ALREADY_PAID:
        ref = paying.payment.order_ref
        _note(paying, Returned(ref, ref, ALREADY_PAID, None), taken=True)
        return _to_order(paying.market, paying.view)
    return _failed(paying, PAY_FAILED_WORDS.get(problem.code, PAY_FAILED), status=409)


def _failed(paying: Paying, words: object, *, status: int) -> HttpResponse:
    facts = {"view": paying.view, "words": words, "way": words_of(paying.way)}
    return shown(paying.request, paying.market, "pay_failed.html", facts, status=status)


def _to_order(market: Market, view: OrderView) -> HttpResponse:
    return HttpResponseRedirect(reverse("order", args=[market.slug, view.order.token]))
