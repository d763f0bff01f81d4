"""Gathering orders: walking past the stalls, the hub's table, and what turned out not to be there."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.queries import orders_for_labels
from jangteo.domains.hub.actions.answer_missing import answer_missing
from jangteo.domains.hub.actions.hand_out import hand_out
from jangteo.domains.hub.actions.make_tour import make_tour
from jangteo.domains.hub.actions.note_boxes import MOST_BOXES, note_boxes
from jangteo.domains.hub.actions.note_missing import note_missing
from jangteo.domains.hub.actions.put_off import put_off
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.actions.unreceive_part import unreceive_part
from jangteo.domains.hub.queries import missing_by_id, next_wave, orders_of_wave, parcels_of, stand_ins
from jangteo.domains.hub.told import Boxes
from jangteo.domains.ordering.actions.weigh_line import MOST_GRAMS, weigh_line
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtOffice, for_helper
from jangteo.faces._parts.labels import box_labels
from jangteo.faces._parts.looking import seen
from jangteo.faces.helper.hub_pages import hub_page, order_page, tour_page
from jangteo.faces.helper.pages import page
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused


class BoxesForm(forms.Form):
    """What an order is packed in."""

    count = forms.IntegerField(min_value=1, max_value=MOST_BOXES)
    is_cold = forms.BooleanField(required=False)
    is_fragile = forms.BooleanField(required=False)


class ScaleForm(forms.Form):
    """What the scale says."""

    grams = forms.IntegerField(
        min_value=1, max_value=MOST_GRAMS, error_messages={"required": _("무게를 숫자로 적어 주세요.")}
    )


@require_safe
@for_helper
def tour(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """One stall at a time."""
    return tour_page(request, at)


@require_POST
@for_helper
def start(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Set out now, without waiting for the next one to be made."""
    make_tour(market=at.market, actor=at.actor, at_once=True)
    return redirect("helper:tour")


@require_POST
@for_helper
def later(request: HttpRequest, at: AtOffice, pick_id: int) -> HttpResponse:
    """The stall is not ready: it comes again at the end."""
    put_off(market=at.market, actor=at.actor, pick_id=pick_id)
    return redirect("helper:tour")


@require_POST
@for_helper
def got(request: HttpRequest, at: AtOffice, part_id: int) -> HttpResponse:
    """On the walk, or where a stall brings it to the table."""
    return _done(request, at, lambda: receive_part(market=at.market, actor=at.actor, part_id=part_id).order_id)


@require_POST
@for_helper
def back(request: HttpRequest, at: AtOffice, part_id: int) -> HttpResponse:
    """It was pressed too early."""
    return _done(request, at, lambda: unreceive_part(market=at.market, actor=at.actor, part_id=part_id).order_id)


@require_POST
@for_helper
def gone(request: HttpRequest, at: AtOffice, line_id: int) -> HttpResponse:
    """The stall does not have it. Where the customer is to be asked, that comes next."""
    missing = note_missing(market=at.market, actor=at.actor, line_id=line_id)
    return redirect("helper:hub_missing", missing.pk)


@require_POST
@for_helper
def weigh(request: HttpRequest, at: AtOffice, line_id: int) -> HttpResponse:
    """The stall weighs, the helper writes it down."""
    form = ScaleForm(request.POST)
    grams = form.cleaned_data["grams"] if form.is_valid() else 0
    return _done(
        request,
        at,
        lambda: weigh_line(market=at.market, actor=at.actor, line_id=line_id, grams=grams).part.order_id,
    )


@require_safe
@for_helper
def hub(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """What has come together, and what is still missing."""
    return hub_page(request, at)


@require_safe
@for_helper
def order(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """One order on the table."""
    return order_page(request, at, order_id)


@require_POST
@for_helper
def boxes(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """How many, cold or fragile."""
    form = BoxesForm(request.POST)
    told = Boxes(**form.cleaned_data) if form.is_valid() else Boxes(count=0)
    try:
        note_boxes(market=at.market, actor=at.actor, order_id=order_id, told=told)
    except Refused as no:
        return order_page(request, at, order_id, no)
    return redirect("helper:hub_order", order_id)


@require_POST
@for_helper
def give(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """The customer has it."""
    try:
        hand_out(market=at.market, actor=at.actor, order_id=order_id)
    except Refused as no:
        return order_page(request, at, order_id, no)
    return redirect("helper:hub")


@require_http_methods(["GET", "HEAD", "POST"])
@for_helper
def missing(request: HttpRequest, at: AtOffice, missing_id: int) -> HttpResponse:
    """What the customer wished for, and what is done about it."""
    row, refused = missing_by_id(missing_id), None
    if request.method == "POST":
        chosen = request.POST.get("good", "")
        good_id = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
        try:
            answer_missing(market=at.market, actor=at.actor, missing_id=missing_id, good_id=good_id)
            return redirect("helper:hub_missing", missing_id)
        except Refused as no:
            refused = no
    seen(request, at, Seen("order", f"order:{row.order_id}"))
    outcome = getattr(row, "outcome", None)
    fitting = [] if outcome else stand_ins(row)
    facts = {"row": row, "outcome": outcome, "goods": fitting, "refused": refused}
    return page(request, at, "hub_missing", status=409 if refused else 200, **facts)


@require_safe
@for_helper
def labels(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """A sheet for the boxes of the next wave."""
    wave = next_wave(clock.now())
    rows = [] if wave is None else orders_for_labels([one.order.pk for one in orders_of_wave(wave.pk)])
    if not rows:
        return redirect("helper:hub")
    seen(request, at, Seen("wave", f"labels:{clock.today()}", people=len(rows)))
    packed = parcels_of([one.order.pk for one in rows])
    sheet = [label for one in rows for label in box_labels(at.market, one, packed.get(one.order.pk))]
    return HttpResponse(outside.press().labels_pdf(sheet), content_type="application/pdf")


def _done(request: HttpRequest, at: AtOffice, deed: Callable[[], int]) -> HttpResponse:
    """Do it, and go on where it was pressed: on the walk, or at the order's place on the table."""
    on_walk = request.POST.get("on") != "table"
    try:
        order_id = deed()
    except Refused as no:
        if on_walk:
            return tour_page(request, at, no)
        return hub_page(request, at, no)
    return redirect("helper:tour") if on_walk else redirect("helper:hub_order", order_id)
