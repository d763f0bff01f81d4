"""Sending a customer to the gateway's own window: by its script on our page, or by an address that it hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.open_window import open_window
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import AccountGateway, BrowserCheckout, CardGateway, PayBy
from jangteo.domains.payments.redirect_port import RedirectGateway, ReturnUrls
from jangteo.faces.shop.customer import actor_of
from jangteo.kernel import ids

CLOSED = "PAY_PROCESS_CANCELED"


@dataclass(frozen=True, slots=True)
class Paying:
    """A customer before the window: whose order, which payment, and the request they came with."""

    request: HttpRequest
    market: Market
    view: OrderView
    payment: Payment

    @property
    def way(self) -> str:
        """The key of the way this payment goes."""
        return gateways.way_key(self.payment.gateway, self.payment.pay_by)

    @property
    def order_name(self) -> str:
        """What the window says is paid for."""
        lines = [line for part in self.view.parts for line in part.lines]
        if len(lines) == 1:
            return lines[0].name
        return gettext("%(name)s 등 %(count)s가지") % {"name": lines[0].name, "count": len(lines)}

    def address(self, name: str, *more: str) -> str:
        """One of the order's pages with its origin, for the gateway."""
        page = reverse(name, args=[self.market.slug, self.view.order.token, *more])
        return self.request.build_absolute_uri(page)


def checkout_of(paying: Paying, gateway: CardGateway) -> BrowserCheckout:
    """What the gateway's script needs. Raises GatewayRejected, GatewayUnknown, CannotAsk."""
    checkout = gateway.browser_checkout(
        order_ref=paying.payment.order_ref,
        order_name=paying.order_name,
        amount_won=paying.payment.amount_won,
        tax_free_won=paying.payment.tax_free_won,
        success_url=paying.address("pay_done"),
        fail_url=paying.address("pay_failed"),
    )
    if paying.payment.pay_by == PayBy.ACCOUNT and isinstance(gateway, AccountGateway):
        return gateway.account_checkout(checkout=checkout, due_hours=max(1, gateways.deposit_hours()))
    return checkout


def window_address(paying: Paying, gateway: RedirectGateway) -> str:
    """Open a window, write it down and answer where the browser goes. Raises as `checkout_of` does."""
    key = ids.new_token()
    failed = paying.address("pay_failed")
    opened = gateway.ready(
        order_ref=paying.payment.order_ref,
        order_name=paying.order_name,
        amount_won=paying.payment.amount_won,
        tax_free_won=paying.payment.tax_free_won,
        urls=ReturnUrls(paying.address("pay_back", key), f"{failed}?code={CLOSED}", failed),
    )
    open_window(
        market=paying.market,
        actor=actor_of(paying.request),
        order_ref=paying.payment.order_ref,
        tid=opened.tid,
        key=key,
    )
    return opened.url_mobile if _is_phone(paying.request) else opened.url_pc


def let_script_in(request: HttpRequest, response: HttpResponse, checkout: BrowserCheckout) -> HttpResponse:
    """Let this one page load the gateway's script and open its window; one of our own needs no leave."""
    if not checkout.sdk_url:
        return response
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups"
    hosts = [_origin(checkout.sdk_url), *checkout.window_urls]
    more = dict.fromkeys(("script-src", "connect-src", "img-src", "form-action"), hosts)
    return _with_policy(request, response, {**more, "frame-src": [SELF, *hosts]})


def let_form_out(request: HttpRequest, response: HttpResponse, window_urls: Sequence[str]) -> HttpResponse:
    """Let the form of this one page end in the gateway's window: browsers hold redirects to the policy, too."""
    return _with_policy(request, response, {"form-action": list(window_urls)})


def _with_policy(request: HttpRequest, response: HttpResponse, more: dict[str, list[str]]) -> HttpResponse:
    csp_update(more)(lambda _request: response)(request)
    return response


def _origin(url: str) -> str:
    """The origin of the script; every subdomain where it has a domain, because windows come from another one."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").split(".")
    if len(labels) > 2 and not labels[-1].isdigit():
        return f"{parts.scheme}://*.{'.'.join(labels[1:])}"
    return f"{parts.scheme}://{parts.netloc}"


def _is_phone(request: HttpRequest) -> bool:
    return "Mobi" in request.headers.get("User-Agent", "")
