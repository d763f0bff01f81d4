"""Paying by card in the gateway's own window. Nothing is charged before the worker has confirmed it."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.note_authorisation import AUTHORISABLE, note_authorisation
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import BrowserCheckout
from jangteo.domains.payments.queries import payment_for
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.order_words import PAY_FAILED, PAY_FAILED_WORDS
from jangteo.faces.shop.pages import asked, asked_number, market_page, shown
from jangteo.faces.shop.views.order import order_or_404


@require_safe
@market_page
def pay(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    view = order_or_404(token)
    payment = payment_for(view.order.ref)
    if view.order.state != OrderState.AWAITING_PAYMENT or payment is None or payment.state not in AUTHORISABLE:
        return HttpResponseRedirect(reverse("order", args=[market.slug, token]))
    checkout = _checkout(request, market, view, payment)
    response = shown(request, market, "pay.html", {"view": view, "checkout": checkout})
    return _with_window(request, response, checkout.sdk_url)


@require_safe
@market_page
def pay_done(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The window sends people back here; only our own reference and amount are believed."""
    view = order_or_404(token)
    if asked(request, "orderId") != view.order.ref:
        raise Http404(token)
    note_authorisation(
        market=market,
        actor=actor_of(request),
        order_ref=view.order.ref,
        payment_key=asked(request, "paymentKey"),
        amount_won=asked_number(request, "amount", 0),
    )
    return HttpResponseRedirect(reverse("order", args=[market.slug, token]))


@require_safe
@market_page
def pay_failed(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The window's own message is not shown: anybody can write an address."""
    words = PAY_FAILED_WORDS.get(asked(request, "code"), PAY_FAILED)
    return shown(request, market, "pay_failed.html", {"view": order_or_404(token), "words": words})


def _checkout(request: HttpRequest, market: Market, view: OrderView, payment: Payment) -> BrowserCheckout:
    gateway = gateways.by_name(payment.gateway)
    if gateway is None:
        raise Http404(payment.gateway)
    lines = [line for part in view.parts for line in part.lines]
    more = gettext("%(name)s 등 %(count)s가지") % {"name": lines[0].name, "count": len(lines)}
    here = [market.slug, view.order.token]
    return gateway.browser_checkout(
        order_ref=payment.order_ref,
        order_name=more if len(lines) > 1 else lines[0].name,
        amount_won=payment.amount_won,
        tax_free_won=payment.tax_free_won,
        success_url=request.build_absolute_uri(reverse("pay_done", args=here)),
        fail_url=request.build_absolute_uri(reverse("pay_failed", args=here)),
    )


def _with_window(request: HttpRequest, response: HttpResponse, sdk_url: str) -> HttpResponse:
    """Let this one page load the gateway's script and open its window."""
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    hosts = [_origin(sdk_url)]
    more = dict.fromkeys(("script-src", "connect-src", "img-src", "form-action"), hosts) | {"frame-src": [SELF, *hosts]}
    csp_update(more)(lambda _request: response)(request)
    return response


def _origin(url: str) -> str:
    """The origin of the script; every subdomain where it has a domain, because windows come from another one."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").split(".")
    if len(labels) > 2 and not labels[-1].isdigit():
        return f"{parts.scheme}://*.{'.'.join(labels[1:])}"
    return f"{parts.scheme}://{parts.netloc}"
