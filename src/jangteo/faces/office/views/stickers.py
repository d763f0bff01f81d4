"""Stickers to print, for one stall or for all."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jangteo.domains.markets.queries import stall_by_id, streets_of_stalls
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.stickers import sticker_file


@require_safe
@for_office
def sticker(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    return sticker_file(request, at.market, [stall_by_id(stall_id)])


@require_safe
@for_office
def stickers(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Every stall along the streets, in the order in which somebody walks and hangs them."""
    stalls = [stall for place in streets_of_stalls() for stall in place.stalls]
    if not stalls:
        raise Http404
    return sticker_file(request, at.market, stalls)
