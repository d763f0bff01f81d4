"""Who calls, and who goes there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.helping.actions.finish_call import finish_call
from jangteo.domains.helping.actions.leave_call import leave_call
from jangteo.domains.helping.actions.take_call import take_call
from jangteo.domains.hub.queries import plan_now
from jangteo.domains.rebates.queries import rebate_runs
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.faces._parts.devices import AtOffice, for_helper
from jangteo.faces._parts.looking import seen
from jangteo.faces.helper.pages import page


@require_safe
@for_helper
def queue(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Calls that wait, one's own first; the rebate desk's door only on days on which there is one."""
    return page(request, at, "queue", rebate_runs=rebate_runs(), gathers=plan_now() is not None)


@require_POST
@for_helper
def take(request: HttpRequest, at: AtOffice, call_id: int) -> HttpResponse:
    """One tap: I go there."""
    call = take_call(market=at.market, actor=at.actor, call_id=call_id, helper_id=at.device.pk)
    if call.phone:
        seen(request, at, Seen("call", f"call:{call_id}"))
    return redirect("helper:queue")


@require_POST
@for_helper
def leave(request: HttpRequest, at: AtOffice, call_id: int) -> HttpResponse:
    """Put it back, also what was finished too early."""
    leave_call(market=at.market, actor=at.actor, call_id=call_id, helper_id=at.device.pk)
    return redirect("helper:queue")


@require_POST
@for_helper
def done(request: HttpRequest, at: AtOffice, call_id: int) -> HttpResponse:
    """Finished; at a stall the visit is written down next."""
    call = finish_call(market=at.market, actor=at.actor, call_id=call_id, helper_id=at.device.pk)
    if call.stall_id is None:
        return redirect("helper:queue")
    return redirect(f"{reverse('helper:visit', args=[call.stall_id])}?call={call.pk}")
