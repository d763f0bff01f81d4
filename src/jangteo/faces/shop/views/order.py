"""An order as it comes along, and all of one's orders."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.queries import OrderView, order_by_token
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.queries import payment_for
from jangteo.faces.shop.customer import actor_of, orders_of, signed_in
from jangteo.faces.shop.pages import market_page, shown, wants_fragment
from jangteo.kernel import live


@require_safe
@market_page
def order(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    view = order_or_404(token)
    facts: dict[str, object] = {"view": view, "payment": _payment(view)}
    if wants_fragment(request, "order"):
        return render(request, "shop/parts/order.html", {"market": market, **facts})
    facts["ticket"] = live.ticket([f"order:{view.order.pk}"])
    return shown(request, market, "order.html", facts)


@require_POST
@market_page
def order_cancel(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    view = order_or_404(token)
    cancel_order(market=market, actor=actor_of(request), order_id=view.order.pk)
    return HttpResponseRedirect(reverse("order", args=[market.slug, token]))


@require_safe
@market_page
def orders(request: HttpRequest, market: Market) -> HttpResponse:
    return shown(request, market, "orders.html", {"views": orders_of(request, market), "user": signed_in(request)})


def _payment(view: OrderView) -> Payment | None:
    return payment_for(view.order.ref) if view.order.tender == Order.Tender.CARD else None


def order_or_404(token: str) -> OrderView:
    """The order this link opens. Raises Http404 for a stranger's guess."""
    view = order_by_token(token.replace("\x00", ""))
    if view is None:
        raise Http404(token)
    return view
