"""Who answers when the stall's phone is left alone, and the sign of life of an open screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.ordering.actions.note_phone import note_phone
from jangteo.domains.ordering.actions.set_cover import set_cover
from jangteo.domains.ordering.cover import MINUTES, Family
from jangteo.domains.ordering.queries_cover import family_phones, plan_of
from jangteo.faces._parts.devices import AtStall, for_stall
from jangteo.faces.merchant.forms import CoverForm
from jangteo.faces.merchant.pages import page, posted
from jangteo.kernel import clock


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall
def cover(request: HttpRequest, at: AtStall) -> HttpResponse:
    """After how many minutes, and when the family's phones ring. Every tap is kept at once."""
    form = CoverForm(posted(request))
    if form.is_valid():
        set_cover(market=at.market, actor=at.actor, stall_id=at.stall.pk, plan=form.plan())
    plan, family = plan_of(at.stall.pk), family_phones(at.stall.pk, clock.now())
    facts = {"plan": plan, "family": family, "minutes": MINUTES, "whens": list(Family), "kept": form.is_valid()}
    return page(request, at, "cover", status=422 if form.errors else 200, **facts)


@require_POST
@for_stall
def alive(request: HttpRequest, at: AtStall) -> HttpResponse:
    """The stall's screens are open on this phone."""
    note_phone(market=at.market, actor=at.actor, stall_id=at.stall.pk, device_id=at.device.pk)
    return HttpResponse(status=204)
