"""Orders at the association's desk: find one, see it whole, give money of it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.calls.queries import takers_of
from jangteo.domains.ordering.actions.hand_back_money import hand_back_money
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.ordering.queries_find import find_orders, order_by_id
from jangteo.domains.ordering.queries_moneys import moneys_of
from jangteo.domains.ordering.refunding import refund_quote
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.givebacks import quoted
from jangteo.faces._parts.looking import seen
from jangteo.faces._parts.words.privacy import REASONS
from jangteo.faces.office.done import went_well
from jangteo.faces.office.hands import waiting_refunds
from jangteo.faces.office.looking import customer_shown
from jangteo.faces.office.order_desk import ORDER_LABELS, RefundForm, by_hand, desk
from jangteo.faces.office.pages import page
from jangteo.kernel import clock, ids

LONGEST_SEARCH = 60


@require_safe
@for_office
def orders(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Today's, or what somebody on the telephone says."""
    said = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    found = find_orders(said, clock.today())
    seen(request, at, Seen("orders", f"orders:{clock.today()}", people=len(found)))
    return page(request, at, "orders", said=said, views=found, labels=ORDER_LABELS)


@require_safe
@for_office
def order(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """Everything that is known of it; its customer masked, unless this device has just said why."""
    view = order_by_id(order_id)
    seen(request, at, Seen("order", f"order:{order_id}"))
    customer = customer_shown(view.order, at)
    phoned = takers_of([order_id]).get(order_id, "")
    return page(request, at, "order", desk=desk(view), customer=customer, reasons=REASONS, phoned=phoned)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def refund(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """Lines and amounts, then the quote; nothing moves until that is posted."""
    view = order_by_id(order_id)
    if request.method != "POST":
        return _asked(request, at, view)
    form, key = RefundForm(request.POST, view), request.POST.get("key", "")
    if not (form.is_valid() and key):
        return page(request, at, "refund", view=view, form=form, status=422)
    refund_lines(market=at.market, actor=at.actor, order_id=order_id, wanted=form.wanted(), key=key)
    return went_well("refunded", "office:order", order_id)


@require_safe
@for_office
def refunds(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Money on its way back that needs somebody."""
    return page(request, at, "refunds", refunds=waiting_refunds(), by_hand=by_hand())


@require_POST
@for_office
def handed_back(request: HttpRequest, at: AtOffice, leg_id: int) -> HttpResponse:
    """The stall says that the customer has the money."""
    hand_back_money(market=at.market, actor=at.actor, leg_id=leg_id)
    return redirect("office:refunds")


def _asked(request: HttpRequest, at: AtOffice, view: OrderView) -> HttpResponse:
    form = RefundForm(request.GET if "first" in request.GET else None, view)
    if not form.is_valid():
        return page(request, at, "refund", view=view, form=form, status=422 if form.is_bound else 200)
    quote = quoted(refund_quote(view.order, form.wanted()), moneys_of(view), with_funders=True)
    return page(request, at, "refund_sure", view=view, form=form, quoted=quote, key=ids.new_token())
