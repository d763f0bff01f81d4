"""The gateway's window for payments that are no order of one's own: at the counter, and for somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise

from jangteo.domains.markets.models import Market
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.note_authorisation import note_authorisation
from jangteo.domains.payments.errors import PaymentOver
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import (
    BrowserCheckout,
    CannotAsk,
    GatewayRejected,
    GatewayUnknown,
    Returned,
    WindowGateway,
)
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.order_words import PAY_FAILED, PAY_FAILED_WORDS, PAY_SILENT
from jangteo.faces.shop.pages import asked
from jangteo.faces.shop.windows import let_script_in


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the window is asked for: `name` is read in it, `done` and `failed` are paths of ours to come back to."""

    payment: Payment
    name: str
    done: str
    failed: str


@dataclass(frozen=True, slots=True)
class Window:
    """What a page needs to open it; `problem` in its place where the gateway would not."""

    opener: str
    checkout: BrowserCheckout | None
    problem: Promise | None = None


def gateway_of(payment: Payment) -> WindowGateway:
    """Raises Http404 where the payment's gateway was taken away or opens no window."""
    gateway = gateways.by_name(payment.gateway)
    if not isinstance(gateway, WindowGateway):
        raise Http404(payment.gateway)
    return gateway


def window_for(request: HttpRequest, wanted: Wanted) -> Window:
    """Ask the gateway for what its script needs. Raises Http404 as `gateway_of` does."""
    gateway, payment = gateway_of(wanted.payment), wanted.payment
    try:
        checkout = gateway.browser_checkout(
            order_ref=payment.order_ref,
            order_name=wanted.name,
            amount_won=payment.amount_won,
            tax_free_won=payment.tax_free_won,
            success_url=request.build_absolute_uri(wanted.done),
            fail_url=request.build_absolute_uri(wanted.failed),
        )
    except GatewayUnknown:
        return Window(gateway.name, None, PAY_SILENT)
    except (GatewayRejected, CannotAsk) as no:
        return Window(gateway.name, None, PAY_FAILED_WORDS.get(no.code, PAY_FAILED))
    return Window(gateway.name, checkout)


def let_in(request: HttpRequest, response: HttpResponse, window: Window | None) -> HttpResponse:
    """Let this one page load the gateway's script and open its window."""
    if window is None or window.checkout is None:
        return response
    return let_script_in(request, response, window.checkout)


def came_back(request: HttpRequest, market: Market, payment: Payment) -> str:
    """Note what the window sent the browser back with, and answer its code for why it was left, "".

    Only our own reference and amount are believed. Raises Http404 for another payment's return, and what
    `note_authorisation` raises; not that it is over, where the gateway takes money by itself and may have taken it.
    """
    gateway = gateway_of(payment)
    returned = gateway.came_back({name: asked(request, name) for name in request.GET})
    if returned.order_ref != payment.order_ref:
        raise Http404(returned.order_ref)
    if returned.code:
        return returned.code[:60]
    try:
        _note(request, market, payment, returned)
    except PaymentOver:
        if not gateway.takes_by_itself:
            raise
    return ""


def _note(request: HttpRequest, market: Market, payment: Payment, returned: Returned) -> None:
    note_authorisation(
        market=market,
        actor=actor_of(request),
        order_ref=payment.order_ref,
        payment_key=returned.payment_key,
        amount_won=payment.amount_won if returned.amount_won is None else returned.amount_won,
        attempt=returned.attempt,
    )
