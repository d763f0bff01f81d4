"""What the market says of itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from jangteo.domains.markets.actions.change_market import change_market
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.days import coming_days
from jangteo.faces.office.done import went_well
from jangteo.faces.office.market_form import MarketForm
from jangteo.faces.office.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def market(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Line, telephone, hours and the days on which it stands, with the calendar that comes of them."""
    form = MarketForm(request.POST if request.method == "POST" else None, market=at.market)
    if form.is_valid():
        change_market(market=at.market, actor=at.actor, facts=form.facts())
        return went_well("market", "office:market")
    return page(request, at, "market", form=form, days=coming_days(at.market), status=422 if form.is_bound else 200)
