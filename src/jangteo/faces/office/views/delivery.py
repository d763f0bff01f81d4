"""Delivery: today's waves, where and when it is brought, and for how much."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.delivery.actions.revise_wave import revise_wave
from jangteo.domains.delivery.actions.set_rest_day import set_rest_day
from jangteo.domains.delivery.actions.stop_window import stop_window
from jangteo.domains.delivery.actions.stop_zone import stop_zone
from jangteo.domains.delivery.actions.write_fee import write_fee
from jangteo.domains.delivery.actions.write_window import write_window
from jangteo.domains.delivery.actions.write_zone import write_zone
from jangteo.domains.delivery.models import Promise
from jangteo.domains.delivery.queries import (
    fee_policies,
    rest_days_ahead,
    seats_of_wave,
    terms_on,
    wave_by_id,
    waves_from,
    window_by_id,
    windows,
    zone_by_id,
    zones,
)
from jangteo.domains.hub.queries import plan_now
from jangteo.domains.ordering.queries_office import orders_by_id
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.looking import seen
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.delivery_cards import fee_card, wave_card, wave_seats, window_card, zone_card
from jangteo.faces.office.delivery_forms import FeeForm, LateForm, RestForm, WindowForm, ZoneForm
from jangteo.faces.office.pages import page, show
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

DAYS_SHOWN = timedelta(days=8)


@require_safe
@for_office
def delivery(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """What is to be brought, and the rules of it."""
    return _overview(request, at, RestForm())


@require_POST
@for_office
def rest(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Rest on a day, or deliver on it after all."""
    form = RestForm(request.POST)
    if not form.is_valid():
        return _overview(request, at, form)
    said, rests = form.cleaned_data, "lift" not in request.POST
    try:
        set_rest_day(market=at.market, actor=at.actor, day=said["day"], why=said["why"], rests=rests)
    except Refused as no:
        form.add_error("day", sentence(no))
        return _overview(request, at, form)
    return _back("rest" if rests else "rest_lifted")


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def zone(request: HttpRequest, at: AtOffice, zone_id: int | None = None) -> HttpResponse:
    """Where is delivered: what is written, or another one."""
    known = None if zone_id is None else zone_by_id(zone_id)
    form = ZoneForm(request.POST if request.method == "POST" else None, known)
    if form.is_valid():
        try:
            write_zone(market=at.market, actor=at.actor, told=form.told(), zone_id=zone_id)
            return _back("zone")
        except Refused as no:
            form.add_error(None, sentence(no))
    return page(request, at, "delivery_zone", form=form, zone=known, status=422 if form.is_bound else 200)


@require_POST
@for_office
def zone_state(request: HttpRequest, at: AtOffice, zone_id: int) -> HttpResponse:
    """Deliver there no longer, or again."""
    is_on = _wanted_on(request)
    stop_zone(market=at.market, actor=at.actor, zone_id=zone_id, is_on=is_on)
    return _back("zone_on" if is_on else "zone_off")


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def window(request: HttpRequest, at: AtOffice, window_id: int | None = None) -> HttpResponse:
    """A time of delivery: what is written, or another one."""
    known = None if window_id is None else window_by_id(window_id)
    form = WindowForm(request.POST if request.method == "POST" else None, known)
    if form.is_valid():
        try:
            write_window(market=at.market, actor=at.actor, told=form.told(), window_id=window_id)
            return _back("window")
        except Refused as no:
            form.add_error(None, sentence(no))
    return page(request, at, "delivery_window", form=form, window=known, status=422 if form.is_bound else 200)


@require_POST
@for_office
def window_state(request: HttpRequest, at: AtOffice, window_id: int) -> HttpResponse:
    """Offer it no longer, or again."""
    is_on = _wanted_on(request)
    stop_window(market=at.market, actor=at.actor, window_id=window_id, is_on=is_on)
    return _back("window_on" if is_on else "window_off")


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def fee(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """A new fee from a day on; what was before stays readable."""
    form = FeeForm(request.POST if request.method == "POST" else None, terms_on(clock.calendar_day()))
    if form.is_valid():
        try:
            write_fee(market=at.market, actor=at.actor, told=form.told())
            return _back("fee")
        except Refused as no:
            form.add_error(None, sentence(no))
    rows = [fee_card(row) for row in fee_policies()]
    return page(request, at, "delivery_fee", form=form, rows=rows, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def wave(request: HttpRequest, at: AtOffice, wave_id: int) -> HttpResponse:
    """The addresses of one wave, and a word to all of them when it will be late."""
    row, seats = wave_by_id(wave_id), seats_of_wave(wave_id)
    form = LateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        minutes, why = int(form.cleaned_data["minutes"]), Promise.Why(form.cleaned_data["why"])
        try:
            revise_wave(market=at.market, actor=at.actor, wave_id=wave_id, minutes=minutes, why=why)
            return redirect(reverse("office:wave", args=[wave_id]) + "?done=wave_late")
        except Refused as no:
            form.add_error(None, sentence(no))
    if seats:
        seen(request, at, Seen("wave", f"wave:{wave_id}", people=len(seats)))
    shown = wave_seats(seats, orders_by_id([seat.order_id for seat in seats]))
    status = 422 if form.is_bound else 200
    return page(request, at, "wave", wave=wave_card(row), seats=shown, form=form, status=status)


def _overview(request: HttpRequest, at: AtOffice, form: RestForm) -> HttpResponse:
    now = clock.now()
    terms = terms_on(clock.calendar_day())
    facts = {
        "waves": [wave_card(row) for row in waves_from(now - timedelta(hours=2), now + DAYS_SHOWN)],
        "zones": [zone_card(row) for row in zones()],
        "windows": [window_card(row) for row in windows()],
        "fee": None if terms is None else fee_card(terms),
        "hub": plan_now(),
        "rest_days": rest_days_ahead(clock.calendar_day()),
        "form": form,
    }
    if form.is_bound:
        return page(request, at, "delivery", status=422, **facts)
    return show(request, at, "delivery", facts)


def _wanted_on(request: HttpRequest) -> bool:
    if request.POST.get("to") not in ("on", "off"):
        raise Http404
    return request.POST["to"] == "on"


def _back(done: str) -> HttpResponse:
    return redirect(reverse("office:delivery") + f"?done=delivery_{done}")
