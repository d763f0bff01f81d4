"""The photo of a good that is up already."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jangteo.domains.catalog.actions.set_photo import set_photo
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces.merchant.pages import page
from jangteo.faces.merchant.photos import given_photo
from jangteo.faces.merchant.shelf import good_on_shelf


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def good_photo(request: HttpRequest, at: AtStall, good_id: int) -> HttpResponse:
    """Give the good a photo, another one, or with `off` none. What it showed before stays for the way back."""
    good = good_on_shelf(at.stall.pk, good_id).good
    given = given_photo(request, at)
    if request.method != "POST" or not (given.name or "off" in request.POST):
        status = 422 if request.method == "POST" else 200
        return page(request, at, "good_photo", good=good, given=given, asked=status == 422, status=status)
    name = "" if "off" in request.POST else given.name
    set_photo(market=at.market, actor=at.actor, good_id=good_id, name=name)
    shown = urlencode({"did": good_id, "pic": good.photo or "none"})
    return HttpResponseRedirect(f"{reverse('merchant:goods')}?{shown}#good-{good_id}")
