"""The order slips: take, refuse, weigh, finish, hand over, and one step back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.actions.refuse_part import refuse_part
from jangteo.domains.ordering.actions.undo_part import undo_part
from jangteo.domains.ordering.actions.weigh_line import weigh_line
from jangteo.domains.ordering.errors import OverCeiling
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.queries_moneys import decided_won
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces._parts.looking import seen
from jangteo.faces.merchant.done import done_with_part
from jangteo.faces.merchant.forms import RefuseForm, WeighForm
from jangteo.faces.merchant.pages import page, posted, to_today
from jangteo.faces.merchant.refunds import HandOverForm, to_give
from jangteo.faces.merchant.slips import Slip, SlipLine, Step, slip, slip_with_money, slips_over_today


@require_safe
@for_stall
def orders(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Every slip of today."""
    done = done_with_part(request.GET.get("did", ""))
    return page(request, at, "orders", over=slips_over_today(at.stall.pk), done=done)


@require_safe
@for_stall
def order(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    """One slip with the customer's number, and what went back of it."""
    shown = slip_with_money(part_id)
    seen(request, at, Seen("order", f"order:{shown.order.pk}"))
    given_won = decided_won(shown.order.ref) if shown.part.state == PartState.HANDED_OVER else 0
    waiting = [one for one in to_give(at.stall.pk) if one.order_id == shown.order.pk] if given_won else []
    return page(request, at, "order", slip=shown, given_won=given_won, to_give=waiting)


@require_POST
@for_stall
def accept(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    accept_part(market=at.market, actor=at.actor, part_id=part_id)
    return to_today(part_id, told=request.POST)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def refuse(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    """Three reasons on one screen, each with what the customer will read."""
    form = RefuseForm(posted(request))
    if form.is_valid():
        reason = StallPart.RefuseReason(form.cleaned_data["reason"])
        refuse_part(market=at.market, actor=at.actor, part_id=part_id, reason=reason)
        return to_today(part_id)
    return page(request, at, "refuse", slip=slip(part_id), status=422 if form.is_bound else 200)


@require_POST
@for_stall
def ready(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    ready_part(market=at.market, actor=at.actor, part_id=part_id)
    return to_today(part_id, told=request.POST)


@require_POST
@for_stall
def hand_over(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    """Handed over, for the money that was said or for other money that is named here."""
    form = HandOverForm(request.POST, at.stall)
    if not form.is_valid():
        return page(request, at, "other_money", slip=slip(part_id), form=form, status=422)
    hand_over_part(market=at.market, actor=at.actor, part_id=part_id, taken=form.taken_kind())
    return to_today(part_id)


@require_safe
@for_stall
def other_money(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    """The kinds of money that the customer can have brought instead."""
    shown = slip(part_id)
    if shown.step != Step.HAND_OVER or not shown.takes_money:
        return redirect("merchant:order", part_id)
    return page(request, at, "other_money", slip=shown, form=HandOverForm(None, at.stall))


@require_POST
@for_stall
def undo(request: HttpRequest, at: AtStall, part_id: int) -> HttpResponse:
    undo_part(market=at.market, actor=at.actor, part_id=part_id)
    return to_today(part_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def weigh(request: HttpRequest, at: AtStall, part_id: int, line_id: int) -> HttpResponse:
    """What the scale says. Above the customer's ceiling: weigh again, or take the ceiling."""
    shown = slip(part_id)
    line = _line_on(shown, line_id)
    form = WeighForm(posted(request), geun_grams=line.geun_grams)
    if not form.is_valid():
        return page(request, at, "weigh", slip=shown, line=line, form=form, status=422 if form.is_bound else 200)
    grams = form.cleaned_data["total"]
    try:
        weigh_line(market=at.market, actor=at.actor, line_id=line_id, grams=grams, cap=form.cleaned_data["cap"])
    except OverCeiling as over:
        return page(request, at, "over_ceiling", slip=shown, line=line, grams=grams, over=over.facts, status=409)
    return _to_next_scale(part_id)


def _line_on(shown: Slip, line_id: int) -> SlipLine:
    line = next((line for line in shown.lines if line.line.id == line_id and line.line.is_weighed), None)
    if line is None:
        raise Http404
    return line


def _to_next_scale(part_id: int) -> HttpResponse:
    """The next line that waits for the scale, or today's screen when all are weighed."""
    line = slip(part_id).weigh_next
    if line is None:
        return to_today()
    return HttpResponseRedirect(reverse("merchant:weigh", args=[part_id, line.line.id]))
