"""What needs a hand, then the day in numbers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from jangteo.domains.markets.queries import open_stall_count
from jangteo.domains.ordering.actions.close_shortfall import close_shortfall
from jangteo.domains.ordering.queries_office import day_numbers
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces._parts.gaps import gap
from jangteo.faces.office.first_steps import first_steps
from jangteo.faces.office.hands import hands
from jangteo.faces.office.pages import page
from jangteo.kernel import clock


@require_safe
@for_office
def todo(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """The first screen."""
    now = clock.now()
    opened, stalls = open_stall_count()
    numbers = day_numbers(clock.business_day(now))
    waiting = hands(at.market, now, first_steps(at.market, stalls))
    return page(request, at, "todo", hands=waiting, numbers=numbers, opened=opened, stalls=stalls)


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def shortfall(request: HttpRequest, at: AtOffice, shortfall_id: int) -> HttpResponse:
    """Found after all, or paid back; paying back is asked about first, with the amount."""
    answer = request.POST.get("found")
    if answer in ("yes", "no"):
        close_shortfall(market=at.market, actor=at.actor, shortfall_id=shortfall_id, found=answer == "yes")
        return redirect("office:todo")
    return page(request, at, "pay_back", gap=gap(shortfall_id))
