"""Streets of the drawn map."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from jangteo.domains.markets.actions.add_street import add_street
from jangteo.domains.markets.actions.change_street import change_street
from jangteo.domains.markets.errors import StreetNameTaken
from jangteo.domains.markets.queries import street_by_id
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.forms import StreetForm
from jangteo.faces.office.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def new_street(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """One more street behind the others."""
    form = StreetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            add_street(market=at.market, actor=at.actor, **form.cleaned_data)
            return went_well("street", "office:stalls")
        except StreetNameTaken as no:
            form.add_error("name", sentence(no))
    return page(request, at, "street", form=form, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def street(request: HttpRequest, at: AtOffice, street_id: int) -> HttpResponse:
    """The street under another name."""
    known = street_by_id(street_id)
    written = {"name": known.name, "name_en": known.name_en}
    form = StreetForm(request.POST if request.method == "POST" else None, initial=written)
    if form.is_valid():
        try:
            change_street(market=at.market, actor=at.actor, street_id=street_id, **form.cleaned_data)
            return went_well("renamed", "office:stalls")
        except StreetNameTaken as no:
            form.add_error("name", sentence(no))
    return page(request, at, "street", street=known, form=form, status=422 if form.is_bound else 200)
