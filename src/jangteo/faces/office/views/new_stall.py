"""A stall joins the market."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from jangteo.domains.markets.actions.add_stall import add_stall
from jangteo.domains.markets.errors import StallNameTaken
from jangteo.domains.markets.queries import kinds_in_order, streets_in_order
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.forms import StallForm
from jangteo.faces.office.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def new_stall(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Ask for as little as can be, then go straight to the stall, where its first phone is let in."""
    posted = request.POST if request.method == "POST" else None
    form = StallForm(posted, market=at.market, kinds=kinds_in_order(), streets=streets_in_order())
    if form.is_valid():
        try:
            return redirect("office:stall", add_stall(market=at.market, actor=at.actor, new=form.new_stall()).pk)
        except StallNameTaken as no:
            form.add_error("name", sentence(no))
    return page(request, at, "new_stall", form=form, status=422 if form.is_bound else 200)
