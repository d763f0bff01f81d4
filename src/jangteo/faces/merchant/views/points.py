"""A stall's own points: one ready choice, what customers hold, and an end to it that takes nothing away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.promotions.actions.grant_points import USUAL_DAYS
from jangteo.domains.promotions.actions.set_point_terms import NewPointTerms, set_point_terms
from jangteo.domains.promotions.queries_points import point_book
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces._parts.words.point_words import percent, point_rows
from jangteo.faces.merchant.pages import page

# One won of a hundred: what a stall can bear, and what nobody has to work out.
READY_BP = 100


@require_safe
@for_stall
def points(request: HttpRequest, at: AtStall) -> HttpResponse:
    """`?did=` is what the last tap did."""
    book = point_book(at.stall.pk)
    did = request.GET.get("did", "")
    told = did if did == ("started" if book.earn_bp else "stopped") else ""
    rate = percent(book.earn_bp) if book.earn_bp else ""
    return page(request, at, "points", book=book, rate=rate, rows=point_rows(book.moves), told=told)


@require_POST
@for_stall_itself
def start(request: HttpRequest, at: AtStall) -> HttpResponse:
    """A second tap changes nothing."""
    return _set(at, READY_BP, "started")


@require_POST
@for_stall_itself
def stop(request: HttpRequest, at: AtStall) -> HttpResponse:
    """None from now on; what customers have stays good until it runs out."""
    return _set(at, 0, "stopped")


def _set(at: AtStall, earn_bp: int, did: str) -> HttpResponse:
    new = NewPointTerms(earn_bp=earn_bp, lasts_days=USUAL_DAYS, stall_id=at.stall.pk)
    set_point_terms(market=at.market, actor=at.actor, new=new)
    return HttpResponseRedirect(f"{reverse('merchant:points')}?did={did}")
