"""A stall as a helper knows it: what was stuck, how far it is set up, and its work done in its name."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.helping.actions.begin_acting import begin_acting
from jangteo.domains.helping.actions.log_visit import log_visit
from jangteo.domains.helping.actions.mark_set_up import mark_set_up
from jangteo.domains.helping.errors import BadVisit, CodeWrong, HelpingRefused
from jangteo.domains.helping.queries import history_of
from jangteo.domains.markets.queries import stall_by_id, stalls_called, streets_of_stalls
from jangteo.domains.practice.stand_ins import read_out_code
from jangteo.faces._parts.acts import acts_for_stall
from jangteo.faces._parts.devices import AtOffice, for_helper
from jangteo.faces._parts.words.help_words import STUCK
from jangteo.faces.helper.pages import page
from jangteo.faces.helper.set_up import set_up_of
from jangteo.kernel.audit import Actor
from jangteo.kernel.limits import TooOften, check_rate
from jangteo.kernel.tenancy import is_practice

MOST_FOUND = 30
TRIES, TRIES_WINDOW = 10, timedelta(minutes=10)
FORS = frozenset({"visit", "set_up", "act"})


@require_safe
@for_helper
def stalls(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Every stall by street, or those with a name; `?for=visit` leads on to what the helper came for."""
    q, wanted = request.GET.get("q", "").strip()[:40], request.GET.get("for", "")
    found = stalls_called(q, MOST_FOUND) if q else []
    streets = [] if q else streets_of_stalls()
    aim = f"helper:{wanted}" if wanted in FORS else "helper:stall"
    return page(request, at, "stalls", q=q, found=found, streets=streets, aim=aim, wanted=wanted)


@require_safe
@for_helper
def stall(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """What to do here, and what helpers did before."""
    found, did = stall_by_id(stall_id), request.GET.get("did", "")
    history, acts, steps = history_of(stall_id), acts_for_stall(stall_id), set_up_of(stall_id)
    return page(request, at, "stall", stall=found, did=did, history=history, acts=acts, set_up=steps)


@require_http_methods(["GET", "HEAD", "POST"])
@for_helper
def visit(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """Six chips and one button."""
    found, refused = stall_by_id(stall_id), None
    key, stuck = request.POST.get("key") or str(uuid.uuid4()), request.POST.getlist("stuck")
    if request.method == "POST":
        try:
            log_visit(market=at.market, actor=at.actor, stall_id=stall_id, helper_id=at.device.pk, stuck=stuck, key=key)
            return redirect(f"{reverse('helper:stall', args=[stall_id])}?did=visit")
        except BadVisit as no:
            refused = no
    facts = {"chips": STUCK, "key": key, "refused": refused, "after_call": "call" in request.GET}
    return page(request, at, "visit", stall=found, status=422 if refused else 200, **facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_helper
def set_up(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """The checklist of a new stall; what only people see is ticked by hand."""
    if request.method == "POST":
        step, is_done = request.POST.get("step", ""), request.POST.get("ticked") == "yes"
        mark_set_up(market=at.market, actor=at.actor, stall_id=stall_id, step=step, done=is_done)
        return redirect("helper:set_up", stall_id)
    return page(request, at, "set_up", stall=stall_by_id(stall_id), set_up=set_up_of(stall_id))


@require_http_methods(["GET", "HEAD", "POST"])
@for_helper
def act(request: HttpRequest, at: AtOffice, stall_id: int) -> HttpResponse:
    """Type the six digits that the stall's person reads out; then the stall's own screens open."""
    found = stall_by_id(stall_id)
    refused: HelpingRefused | TooOften | None = None
    if "ask" in request.POST and is_practice(at.market.pk):
        return page(request, at, "act", stall=found, read_out=read_out_code(at.market, stall_id, at.device.pk))
    if request.method == "POST":
        try:
            refused = _begin(at, stall_id, request.POST.get("digits", ""))
        except (HelpingRefused, TooOften) as no:
            refused = no
        if refused is None:
            return redirect("merchant:today")
    return page(request, at, "act", stall=found, refused=refused, status=422 if refused else 200)


def _begin(at: AtOffice, stall_id: int, typed: str) -> CodeWrong | None:
    check_rate(f"acting:{at.device.pk}", most=TRIES, window=TRIES_WINDOW)
    actor = Actor(at.actor.kind, at.actor.ref, f"stall:{stall_id}")
    digits = "".join(one for one in typed if one.isascii() and one.isdigit())
    begun = begin_acting(market=at.market, actor=actor, stall_id=stall_id, helper_id=at.device.pk, digits=digits)
    return begun if isinstance(begun, CodeWrong) else None
