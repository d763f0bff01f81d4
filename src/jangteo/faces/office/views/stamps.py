"""도장: one card over the whole market, and what the stalls collect."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.stamps.actions.resume_programme import resume_programme
from jangteo.domains.stamps.actions.start_programme import start_programme
from jangteo.domains.stamps.actions.stop_programme import stop_programme
from jangteo.domains.stamps.queries import all_programmes, running_at
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.stamp_cards import paper_card
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.faces.office.stamp_form import ProgrammeForm
from jangteo.kernel.errors import Refused


@require_safe
@for_office
def stamps(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """The market's card first, then every stall's; stopped ones last."""
    views = all_programmes()
    own = next((one for one in views if one.programme.stall_id is None and one.programme.stopped_at is None), None)
    paper = None if own is None else paper_card(own.programme, at.market.name, seed=1, live=own.programme.need // 2)
    return page(request, at, "stamps", own=own, paper=paper, views=[one for one in views if one is not own])


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def new_stamps(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """How many, for what, and whose money; one card over the market at a time."""
    form = ProgrammeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not running_at(None):
        try:
            coupon = make_coupon(market=at.market, actor=at.actor, new=form.coupon())
            start_programme(market=at.market, actor=at.actor, new=form.programme(coupon.pk))
            return went_well("stamps", "office:stamps")
        except Refused as no:
            form.add_error(None, sentence(no))
    return page(request, at, "new_stamps", form=form, runs=running_at(None), status=422 if form.is_bound else 200)


@require_POST
@for_office
def stop(request: HttpRequest, at: AtOffice, programme_id: int) -> HttpResponse:
    """The market's own; a stall's is the stall's to stop."""
    stop_programme(market=at.market, actor=at.actor, programme_id=programme_id, stall_id=None)
    return went_well("stamps_stopped", "office:stamps")


@require_POST
@for_office
def resume(request: HttpRequest, at: AtOffice, programme_id: int) -> HttpResponse:
    """Stopped by mistake."""
    resume_programme(market=at.market, actor=at.actor, programme_id=programme_id, stall_id=None)
    return went_well("stamps", "office:stamps")
