"""Giving money of an ended order back: which goods, how much, then the quote and one press."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.ordering.actions.hand_back_money import hand_back_money
from jangteo.domains.ordering.actions.refund_lines import refund_lines
from jangteo.domains.ordering.queries import order_by_token
from jangteo.domains.ordering.queries_moneys import moneys_of
from jangteo.domains.ordering.refunding import WantedRefund, refund_quote
from jangteo.domains.ordering.states import PartState
from jangteo.faces._parts.devices import AtStall, for_stall_itself
from jangteo.faces._parts.givebacks import Quoted, quoted
from jangteo.faces._parts.views import safe_next
from jangteo.faces.merchant.pages import page
from jangteo.faces.merchant.refunds import RefundForm, RefundLine, refundable
from jangteo.faces.merchant.slips import Slip, slip
from jangteo.kernel import ids


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall_itself
def refund(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    """Step by step with plain forms: nothing moves until the last one is posted."""
    shown = slip(part_id)
    if shown.part.state != PartState.HANDED_OVER:
        return redirect("merchant:order", part_id)
    lines = refundable(shown)
    if request.method != "POST":
        return _asked(request, at, shown, lines)
    form, key = RefundForm(request.POST, lines), request.POST.get("key", "")
    if form.is_valid() and key:
        refund_lines(market=at.market, actor=at.actor, order_id=shown.order.pk, wanted=form.wanted(), key=key)
    return redirect("merchant:order", part_id)


@require_POST
@for_stall_itself
def handed_back(request: HttpRequest, at: AtStall, leg_id: int) -> HttpResponse:
    """The customer has the money in the hand."""
    hand_back_money(market=at.market, actor=at.actor, leg_id=leg_id)
    return redirect(safe_next(request, reverse("merchant:today")))


def _asked(request: HttpRequest, at: AtStall, shown: Slip, lines: list[RefundLine]) -> HttpResponse:
    if "line" not in request.GET:
        return page(request, at, "refund", slip=shown, lines=lines)
    form = RefundForm(request.GET, lines)
    if form.is_valid():
        quote = _quoted(shown, form.wanted())
        return page(request, at, "refund_sure", slip=shown, form=form, quoted=quote, key=ids.new_token())
    if form.chosen is None:
        raise Http404
    if "amount_won" not in request.GET:
        form.errors.clear()
    return page(request, at, "refund_won", slip=shown, form=form, status=422 if form.errors else 200)


def _quoted(shown: Slip, wanted: WantedRefund) -> Quoted:
    """Raises NothingToGiveBack, RefundOverLeft."""
    view = order_by_token(shown.order.token)
    if view is None:
        raise Http404
    return quoted(refund_quote(shown.order, wanted), moneys_of(view))
