"""The stalls, the phones that act for them, and fresh ways in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.actions.change_stall import change_stall
from jangteo.domains.markets.errors import StallNameTaken
from jangteo.domains.markets.queries import kinds_in_order, stall_by_id, streets_in_order, whole_map
from jangteo.domains.people.actions.make_entry_link import GOOD_FOR, make_entry_link
from jangteo.domains.people.actions.revoke_device import revoke_device
from jangteo.domains.people.models import Device, Role
from jangteo.domains.people.queries_office import devices_by_id, devices_per_stall, live_devices, live_tokens
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.entries import ROLES
from jangteo.faces.office.forms import StallFactsForm
from jangteo.faces.office.links import Way, entry_address
from jangteo.faces.office.pages import page
from jangteo.kernel.qr import qr_svg


@require_safe
@for_office
def stalls(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Every stall by street, its door and how many phones act for it."""
    return page(request, at, "stalls", streets=whole_map(), devices=devices_per_stall())


@require_safe
@for_office
def stall(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """One stall with its phones and programs."""
    devices, keys = live_devices(stall_id), live_tokens(stall_id)
    return page(request, at, "stall", stall=stall_by_id(stall_id), devices=devices, roles=ROLES, keys=keys)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def facts(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """Everything that is written down about the stall, to be written anew."""
    known = stall_by_id(stall_id)
    posted = request.POST if request.method == "POST" else None
    form = StallFactsForm(posted, stall=known, market=at.market, kinds=kinds_in_order(), streets=streets_in_order())
    if form.is_valid():
        try:
            change_stall(market=at.market, actor=at.actor, stall_id=stall_id, facts=form.facts())
            return went_well("stall", "office:stall", stall_id)
        except StallNameTaken as no:
            form.add_error("name", sentence(no))
    return page(request, at, "stall_facts", stall=known, form=form, status=422 if form.is_bound else 200)


@require_POST
@for_office
def link(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """Make a link and show it this one time; only its digest is kept."""
    owner = stall_by_id(stall_id)
    role = Role.FAMILY if request.POST.get("role") == Role.FAMILY else Role.OWNER
    token = make_entry_link(market=at.market, actor=at.actor, role=role, stall=owner)
    address = entry_address(request, token)
    way = Way(ROLES[role], address, qr_svg(address), GOOD_FOR.days)
    return page(request, at, "link", stall=owner, way=way)


@require_POST
@for_office
def revoke(request: HttpRequest, at: AtOffice, device_id: int) -> HttpResponse:
    """Shut a stall's or a helper's phone out; it needs a fresh link to come back."""
    device = devices_by_id([device_id]).get(device_id)
    if device is None or (device.stall_id is None and device.role != Role.HELPER):
        raise Device.DoesNotExist
    revoke_device(market=at.market, actor=at.actor, device_id=device_id)
    return redirect("office:stall", device.stall_id) if device.stall_id else redirect("office:helpers")
