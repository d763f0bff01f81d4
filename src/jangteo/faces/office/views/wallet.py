"""Whether the market keeps money that customers load."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from jangteo.domains.markets.actions.set_wallet_mode import set_wallet_mode
from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.done import went_well
from jangteo.faces.office.pages import page


@require_http_methods(["GET", "HEAD", "POST"])
@for_office
def wallet(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """The switch, with the law beside it. Switching on asks for a tick first."""
    answer = request.POST.get("on")
    if answer == "no" or (answer == "yes" and request.POST.get("checked")):
        set_wallet_mode(market=at.market, actor=at.actor, on=answer == "yes")
        return went_well("wallet_on" if answer == "yes" else "wallet_off", "office:wallet")
    return page(request, at, "wallet", forgot=answer == "yes", status=422 if answer else 200)
