"""The pages that the words of the menu open: tiles, one for each place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.pages import page


@require_safe
@for_office
def places(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """The tiles of the word that this address belongs to: the menu knows which."""
    return page(request, at, "places")
