"""The fee simulator: the market's own deliveries once more, under other terms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.delivery.queries import terms_on, windows, zones
from jangteo.domains.whatif.actions.drop_scenario import drop_scenario
from jangteo.domains.whatif.actions.keep_scenario import keep_scenario
from jangteo.domains.whatif.queries import past_deliveries, since_weeks
from jangteo.domains.whatif.rules import LEAST_ORDERS
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page
from jangteo.faces.office.whatif_cards import columns, sentence_of
from jangteo.faces.office.whatif_forms import WhatifForm
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

USUAL_WEEKS = 8


@require_safe
@for_office
def whatif(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Nothing is changed by looking."""
    return _page(request, at, "fee_won" in request.GET)


@require_POST
@for_office
def keep(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Under a name, to stand beside today's."""
    now = terms_on(clock.calendar_day())
    form = None if now is None else WhatifForm(request.POST, now, zones(), windows())
    if form is None or not form.is_valid():
        return redirect("office:whatif")
    try:
        keep_scenario(market=at.market, actor=at.actor, name=request.POST.get("name", ""), wish=form.wish())
    except Refused as no:
        return _page(request, at, asked=False, refused=str(sentence(no)))
    return went_well("scenario", "office:whatif")


@require_POST
@for_office
def drop(request: HttpRequest, at: AtOffice, scenario_id: int) -> HttpResponse:
    """It is not needed any more."""
    drop_scenario(market=at.market, actor=at.actor, scenario_id=scenario_id)
    return went_well("scenario_dropped", "office:whatif")


def _page(request: HttpRequest, at: AtOffice, asked: bool, refused: str = "") -> HttpResponse:
    now, moment = terms_on(clock.calendar_day()), clock.now()
    if now is None:
        return page(request, at, "whatif", form=None, refused=refused)
    form = WhatifForm(request.GET if asked else None, now, zones(), windows())
    tried = form.wish() if form.is_valid() else None
    weeks = int(form.cleaned_data["weeks"]) if tried is not None else USUAL_WEEKS
    pasts = past_deliveries(since_weeks(moment, weeks), moment)
    enough = len(pasts) >= LEAST_ORDERS
    shown = columns(pasts, 7 * weeks, now, tried) if enough else []
    words = sentence_of(shown[0].result, shown[1].result, tried.terms.fee_won) if shown and tried else ""
    facts = {"form": form, "columns": shown, "words": words, "tried": tried, "refused": refused}
    facts |= {"count": len(pasts), "least": LEAST_ORDERS, "weeks": weeks}
    status = 422 if refused or (asked and tried is None) else 200
    return page(request, at, "whatif", status=status, **facts)
