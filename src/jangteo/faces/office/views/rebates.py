"""Rebate events (환급행사): the form with the usual rules, the money and paper, and the report."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.queries import kinds_in_order
from jangteo.domains.rebates.actions.make_rebate import make_rebate
from jangteo.domains.rebates.actions.set_stopped import set_stopped
from jangteo.domains.rebates.actions.stock_paper import stock_paper
from jangteo.domains.rebates.models import RebateEvent
from jangteo.domains.rebates.queries import hand_overs, paper_moves, people_between, queue_of, rebate_by_id
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces._parts.words.rebate_words import KIND_NAMES
from jangteo.faces.office.event_forms import PaperForm, RebateForm
from jangteo.faces.office.pages import page
from jangteo.faces.office.rebate_report import workbook
from jangteo.kernel import clock
from jangteo.kernel.errors import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def new_rebate(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """The usual rules stand there already."""
    form = RebateForm(request.POST if request.method == "POST" else None, kinds=kinds_in_order())
    if form.is_valid():
        try:
            event = make_rebate(market=at.market, actor=at.actor, new=form.told())
            return redirect(reverse("office:rebate", args=[event.pk]) + "?done=rebate")
        except Refused as no:
            form.add_error(None, sentence(no))
    return page(request, at, "rebate_form", form=form, status=422 if form.is_bound else 200)


@require_safe
@for_office
def rebate(request: HttpRequest, at: AtOffice, rebate_id: int) -> HttpResponse:
    """What is left, who came, the paper, and the report of each day."""
    return _page(request, at, rebate_by_id(rebate_id), PaperForm(None, initial={"way": "in"}))


@require_POST
@for_office
def stop(request: HttpRequest, at: AtOffice, rebate_id: int) -> HttpResponse:
    """Stop it, or let it go on."""
    stopped = request.POST.get("to") == "stop"
    set_stopped(market=at.market, actor=at.actor, event_id=rebate_id, stopped=stopped)
    done = "rebate_stopped" if stopped else "rebate_on"
    return redirect(reverse("office:rebate", args=[rebate_id]) + f"?done={done}")


@require_POST
@for_office
def paper(request: HttpRequest, at: AtOffice, rebate_id: int) -> HttpResponse:
    """Vouchers came, or went back."""
    form = PaperForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        change = told["vouchers"] if told["way"] == "in" else -told["vouchers"]
        try:
            stock_paper(market=at.market, actor=at.actor, event_id=rebate_id, change=change, note=told["note"])
            return redirect(reverse("office:rebate", args=[rebate_id]) + "?done=rebate_paper")
        except Refused as no:
            form.add_error("vouchers", sentence(no))
    return _page(request, at, rebate_by_id(rebate_id), form)


@require_safe
@for_office
def report(request: HttpRequest, at: AtOffice, rebate_id: int) -> HttpResponse:
    """Of a day (`?day=2026-09-14`), or of the whole event."""
    event = rebate_by_id(rebate_id)
    day = _day(request.GET.get("day", ""))
    first, last = (day, day) if day is not None and event.runs_on(day) else (event.starts_on, event.ends_on)
    content = workbook(at.market, event, first, last)
    name = f"rebate-{event.pk}-{first.isoformat()}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _page(request: HttpRequest, at: AtOffice, event: RebateEvent, form: PaperForm) -> HttpResponse:
    today = clock.business_day(clock.now())
    start, end = clock.day_bounds(event.starts_on)[0], clock.day_bounds(event.ends_on)[1]
    facts = {
        "event": event,
        "pots": [(KIND_NAMES[pot.kind], pot) for pot in event.pots.all()],
        "people": people_between(event.pk, start, end)[""],
        "lines": queue_of(event, today),
        "moves": paper_moves(event.pk),
        "overs": hand_overs(event.pk),
        "days": _days(event, today),
        "is_over": event.ends_on < today,
        "form": form,
    }
    return page(request, at, "rebate", status=422 if form.is_bound else 200, **facts)


def _days(event: RebateEvent, today: date) -> list[date]:
    """Days that have a report."""
    last = min(event.ends_on, today)
    return [date.fromordinal(n) for n in range(event.starts_on.toordinal(), last.toordinal() + 1)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
