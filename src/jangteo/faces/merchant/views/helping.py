"""Somebody does the stall's work for a while: the code to read out, what was done, and the end of it."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from jangteo.domains.helping.actions.end_acting import end_acting
from jangteo.domains.helping.actions.make_consent_code import make_consent_code
from jangteo.domains.helping.queries import last_acting
from jangteo.domains.helping.rules import CODE_GOOD_FOR
from jangteo.faces._parts.acts import acts_for_stall
from jangteo.faces._parts.devices import AtStall, for_stall, for_stall_itself
from jangteo.faces.merchant.pages import page
from jangteo.kernel.limits import check_rate

CODES, CODES_WINDOW = 12, timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stall_itself
def helping(request: HttpRequest, at: AtStall) -> HttpResponse:
    """What a helper may do here and what was done; POST shows six digits, this one time."""
    digits = ""
    if request.method == "POST":
        check_rate(f"consent:{at.stall.pk}", most=CODES, window=CODES_WINDOW)
        digits = make_consent_code(market=at.market, actor=at.actor, stall_id=at.stall.pk, device_id=at.device.pk)
    minutes, last = CODE_GOOD_FOR.seconds // 60, last_acting(at.stall.pk)
    return page(request, at, "helping", digits=digits, minutes=minutes, last=last, acts=acts_for_stall(at.stall.pk))


@require_POST
@for_stall
def end_helping(request: HttpRequest, at: AtStall) -> HttpResponse:
    """Either side ends it; the helper goes back to their own screens."""
    end_acting(market=at.market, actor=at.actor, stall_id=at.stall.pk)
    return redirect("helper:stall", at.stall.pk) if at.acting is not None else redirect("merchant:helping")
