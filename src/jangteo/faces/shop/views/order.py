"""An order as it comes along, and all of one's orders."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.carriers.queries import carried
from jangteo.domains.catalog import photo_files
from jangteo.domains.delivery.queries import promises_of
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.cancel_order import cancel_order
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.queries import OrderView, order_by_token
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.queries import payment_for
from jangteo.domains.rounds.queries import OnTheWay, door_photo, way_of
from jangteo.faces._parts.carried import Carried, carried_shown
from jangteo.faces._parts.words.delivery_words import Promised, promised_words
from jangteo.faces.shop.cash_receipts import CashPart, cash_part
from jangteo.faces.shop.customer import actor_of, orders_of, signed_in
from jangteo.faces.shop.gathered import gathered_here
from jangteo.faces.shop.order_moneys import cancelling, order_moneys
from jangteo.faces.shop.pages import market_page, shown, wants_fragment
from jangteo.faces.shop.reviews import afters
from jangteo.kernel import live


@require_safe
@market_page
def order(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    view = order_or_404(token)
    facts = _facts(market, view)
    if wants_fragment(request, "order"):
        return render(request, "shop/parts/order.html", {"market": market, **facts})
    ticket = live.ticket([f"order:{view.order.pk}"])
    return shown(request, market, "order.html", {**facts, "ticket": ticket})


@require_safe
@market_page
def door(request: HttpRequest, market: Market, token: str, name: str) -> HttpResponse:
    """What the door looked like, for who has the order's link, as long as it is kept."""
    view = order_or_404(token)
    if not door_photo(name, view.order.pk):
        raise Http404(name)
    try:
        content = photo_files.file_of(name, "large").read_bytes()
    except (ValueError, FileNotFoundError) as gone:
        raise Http404(name) from gone
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": "private, no-store"})


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def order_cancel(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """What comes back is shown first; the press cancels. What cannot be cancelled any more only shows the order."""
    view = order_or_404(token)
    if request.method == "POST":
        cancel_order(market=market, actor=actor_of(request), order_id=view.order.pk)
    elif view.can_cancel:
        return shown(request, market, "cancel.html", {"view": view, "quoted": cancelling(view)})
    return HttpResponseRedirect(reverse("order", args=[market.slug, token]))


@require_safe
@market_page
def orders(request: HttpRequest, market: Market) -> HttpResponse:
    return shown(request, market, "orders.html", {"views": orders_of(request, market), "user": signed_in(request)})


def _facts(market: Market, view: OrderView) -> dict[str, object]:
    payment = _payment(view)
    return {
        "view": view,
        "way": _way(view),
        "payment": payment,
        "moneys": order_moneys(view, payment),
        "promised": _promised(view),
        "cash": _cash(market, view),
        "afters": afters(view),
        "gathered": gathered_here(view.order),
        "coming": _coming(view),
    }


def _payment(view: OrderView) -> Payment | None:
    return payment_for(view.order.ref) if view.order.tender == Order.Tender.CARD else None


def _way(view: OrderView) -> Carried | None:
    """Who brings it, for an order that is brought."""
    return carried_shown(carried(view.order)) if view.order.fulfil == Order.Fulfil.DELIVER else None


def _promised(view: OrderView) -> Promised | None:
    """When a delivered order comes; nothing is asked for one that is fetched."""
    return promised_words(promises_of(view.order.pk)) if view.order.fulfil == Order.Fulfil.DELIVER else None


def _coming(view: OrderView) -> OnTheWay | None:
    """Who is on the way with it; nothing is asked for what is fetched."""
    return way_of(view.order.pk) if view.order.fulfil == Order.Fulfil.DELIVER else None


def _cash(market: Market, view: OrderView) -> CashPart | None:
    """A cash receipt is for goods that the customer has."""
    if not view.has_receipt:
        return None
    return cash_part(market, view.order.ref, reverse("cash_receipt", args=[market.slug, view.order.token]))


def order_or_404(token: str) -> OrderView:
    """The order this link opens. Raises Http404 for a stranger's guess."""
    view = order_by_token(token.replace("\x00", ""))
    if view is None:
        raise Http404(token)
    return view
