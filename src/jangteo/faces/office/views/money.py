"""The money of a day."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.settlement.actions.close_day import close_day
from jangteo.domains.settlement.business_days import korean_date
from jangteo.domains.settlement.queries import day_money, open_breaks
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.done import went_well
from jangteo.faces.office.money_forms import told_day
from jangteo.faces.office.pages import show
from jangteo.kernel import clock


@require_safe
@for_office
def money(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """What came in and went back, by kind and gateway; any day by its address."""
    today = korean_date(clock.now())
    day = min(told_day(request.GET.get("day", ""), today), today)
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    more: dict[str, object] = {"before": before, "after": after if after <= today else None, "is_today": day == today}
    return show(request, at, "money", more | {"money": day_money(day), "breaks": open_breaks().filter(day=day).count()})


@require_POST
@for_office
def close(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Close a day whose breaks all have somebody."""
    close_day(market=at.market, actor=at.actor, day=told_day(request.POST.get("day", ""), korean_date(clock.now())))
    return went_well("day_closed", "office:money")
