"""The helpers of the market: their phones, and a fresh way in for another."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from jangteo.domains.people.actions.make_entry_link import GOOD_FOR, make_entry_link
from jangteo.domains.people.models import Role
from jangteo.domains.people.queries_office import helper_devices
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.entries import ROLES
from jangteo.faces.office.links import Way, entry_address
from jangteo.faces.office.pages import page
from jangteo.kernel.qr import qr_svg

LONGEST_NAME = 20


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def helpers(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """POST makes a link for the helper of this name and shows it this one time; only its digest is kept."""
    name = " ".join(request.POST.get("name", "").split())
    if request.method != "POST" or not 0 < len(name) <= LONGEST_NAME:
        missing = request.method == "POST"
        return page(request, at, "helpers", devices=helper_devices(), missing=missing, status=422 if missing else 200)
    token = make_entry_link(market=at.market, actor=at.actor, role=Role.HELPER, name=name)
    address = entry_address(request, token)
    way = Way(ROLES[Role.HELPER], address, qr_svg(address), GOOD_FOR.days)
    return page(request, at, "helper_link", name=name, way=way)
