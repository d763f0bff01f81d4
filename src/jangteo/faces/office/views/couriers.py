"""Who brings orders, what they get for it, and their rounds of a wave."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.people.actions.make_entry_link import GOOD_FOR, make_entry_link
from jangteo.domains.people.models import Role
from jangteo.domains.rounds.actions.try_again import try_again
from jangteo.domains.rounds.actions.write_rate import write_rate
from jangteo.domains.rounds.actions.write_rounds import write_rounds
from jangteo.domains.rounds.planning import plan
from jangteo.domains.rounds.queries import couriers as courier_phones
from jangteo.domains.rounds.queries import unsettled
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.courier_forms import CourierForm, RateForm, RoundsForm
from jangteo.faces.office.done import went_well
from jangteo.faces.office.entries import ROLES
from jangteo.faces.office.links import Way, entry_address
from jangteo.faces.office.pages import page
from jangteo.faces.office.round_cards import rounds_shown
from jangteo.kernel.errors import Refused
from jangteo.kernel.qr import qr_svg


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def couriers(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """POST makes a link for the courier of this name and shows it this one time; only its digest is kept."""
    form = CourierForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _couriers(request, at, form, RateForm(None))
    name = form.cleaned_data["name"]
    token = make_entry_link(market=at.market, actor=at.actor, role=Role.COURIER, name=name)
    address = entry_address(request, token)
    way = Way(ROLES[Role.COURIER], address, qr_svg(address), GOOD_FOR.days)
    return page(request, at, "courier_link", name=name, way=way)


@require_POST
@for_office
def rate(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """What an order brought is paid, from a day on."""
    form = RateForm(request.POST)
    if form.is_valid():
        try:
            said = form.cleaned_data
            write_rate(market=at.market, actor=at.actor, starts=said["starts"], stop_won=said["stop_won"])
            return went_well("courier_rate", "office:couriers")
        except Refused as no:
            form.add_error("starts", sentence(no))
    return _couriers(request, at, CourierForm(None), form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def rounds(request: HttpRequest, at: AtOffice, wave_id: int) -> HttpResponse:
    """Plan the wave for who is there, again as often as something happens."""
    phones = courier_phones()
    form = RoundsForm(request.POST if request.method == "POST" else None, phones, wave_id)
    if form.is_valid():
        try:
            found = plan(at.market, wave_id, form.chosen())
            write_rounds(market=at.market, actor=at.actor, plan=found)
            return _planned(wave_id, left=len(found.left), late=len(found.late))
        except Refused as no:
            form.add_error(None, sentence(no))
    facts = {"form": form, "phones": phones, **rounds_shown(wave_id)}
    facts |= {"left": request.GET.get("left", "0") != "0", "late": request.GET.get("late", "0") != "0"}
    return page(request, at, "rounds", status=422 if form.is_bound else 200, **facts)


@require_safe
@for_office
def came_back(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """What could not be given at the door, and what was missing there."""
    failed, lacks = unsettled()
    return page(request, at, "came_back", failed=failed, lacks=lacks)


@require_POST
@for_office
def again(request: HttpRequest, at: AtOffice, stop_id: int) -> HttpResponse:
    """It goes out once more with the next plan of its wave."""
    stop = try_again(market=at.market, actor=at.actor, stop_id=stop_id)
    return went_well("courier_again", "office:rounds", stop.round.wave_id)


def _couriers(request: HttpRequest, at: AtOffice, form: CourierForm, rate_form: RateForm) -> HttpResponse:
    status = 422 if form.is_bound or rate_form.is_bound else 200
    facts = {"devices": courier_phones(), "form": form, "rate_form": rate_form, "rate": rate_form.now}
    return page(request, at, "couriers", status=status, **facts)


def _planned(wave_id: int, *, left: int, late: int) -> HttpResponse:
    response = went_well("rounds", "office:rounds", wave_id)
    response["Location"] = f"{reverse('office:rounds', args=[wave_id])}?done=rounds&left={left}&late={late}"
    return response
