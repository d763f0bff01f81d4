"""Customers' data in the office: seen whole for a reason, who saw what, and who wants to be forgotten."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.ordering.queries_find import order_by_id
from jangteo.domains.regulars.actions.note_look import Seen
from jangteo.domains.regulars.actions.review_looks import review_looks
from jangteo.domains.regulars.queries_privacy import deletions, lookers, looks_of_month, month_of_looks
from jangteo.domains.regulars.rules import EXPORT_ASKS, months_later
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.looking import seen
from jangteo.faces.office.done import went_well
from jangteo.faces.office.looking import LookRow, deletion_rows, look_rows, who_looked
from jangteo.faces.office.pages import page, show
from jangteo.kernel import clock

MOST_NOTE = 200
MOST_IN_FILE = 100_000
PAGE = 50


@require_POST
@for_office
def unmask(request: HttpRequest, at: AtOffice, order_id: int) -> HttpResponse:
    """Say why, and see the customer of an order for ten minutes."""
    order_by_id(order_id)
    reason = request.POST.get("other", "").strip() or request.POST.get("reason", "")
    seen(request, at, Seen("order.unmasked", f"order:{order_id}", reason=reason, asks_reason=True))
    return redirect("office:order", order_id)


@require_safe
@for_office
def looks(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """One month: who looked, how often, why; the last month first while nobody has gone through it."""
    month = month_asked(request.GET.get("month", ""))
    only = "reasons" in request.GET
    rows = looks_of_month(month, only_reasons=only, before_id=_before(request), most=PAGE + 1)
    facts = {
        "month": month_of_looks(month),
        "lookers": who_looked(lookers(month)),
        "rows": look_rows(rows[:PAGE]),
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "only": only,
        "earlier": months_later(month, -1),
        "later": months_later(month, 1) if month < clock.calendar_day().replace(day=1) else None,
        "asks": EXPORT_ASKS,
    }
    return show(request, at, "looks", facts)


@require_POST
@for_office
def review(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """One press: a month was gone through."""
    note = request.POST.get("note", "").replace("\x00", "")[:MOST_NOTE]
    month = month_asked(request.POST.get("month", ""))
    review_looks(market=at.market, actor=at.actor, month=month, note=note)
    return went_well("looks_reviewed", "office:looks")


@require_POST
@for_office
def looks_file(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """A month's looks as a table; many rows only for a reason, and the taking is a look itself."""
    month = month_asked(request.POST.get("month", ""))
    rows = look_rows(looks_of_month(month, only_reasons=False, most=MOST_IN_FILE))
    what = Seen(
        "looks.file",
        f"looks:{month:%Y-%m}",
        people=len(rows),
        reason=request.POST.get("reason", ""),
        asks_reason=len(rows) > EXPORT_ASKS,
    )
    seen(request, at, what)
    return _table(f"looks-{month:%Y-%m}.csv", rows)


@require_safe
@for_office
def forgetting(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Who wants to be forgotten, by when, and what came of it."""
    waiting = deletion_rows(deletions(is_open=True))
    return page(request, at, "forgetting", waiting=waiting, over=deletion_rows(deletions(is_open=False)))


def month_asked(text: str) -> date:
    """2026-10 as its first day; anything else is this month."""
    try:
        month = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        month = clock.calendar_day().replace(day=1)
    return month if date(2000, 1, 1) <= month <= clock.calendar_day() else clock.calendar_day().replace(day=1)


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _table(name: str, rows: Iterable[LookRow]) -> HttpResponse:
    sheet = StringIO()
    sheet.write("\ufeff")  # Korean spreadsheets take a file without this mark for another encoding
    csv.writer(sheet).writerows(row.cells for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(sheet.getvalue(), "text/csv; charset=utf-8", headers=headers)
