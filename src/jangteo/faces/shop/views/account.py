"""The customer says where a deposit is to go back to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.give_refund_account import give_refund_account
from jangteo.faces.shop.customer import actor_of
from jangteo.faces.shop.pages import market_page, shown
from jangteo.faces.shop.refund_account import RefundAccountForm
from jangteo.faces.shop.views.order import order_or_404


@require_POST
@market_page
def order_account(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    view = order_or_404(token)
    form = RefundAccountForm(request.POST, prefix="back")
    if not form.is_valid():
        return shown(request, market, "account.html", {"form": form, "token": token}, status=422)
    actor, ref = actor_of(request), view.order.ref
    give_refund_account(market=market, actor=actor, order_ref=ref, account=form.account())
    return HttpResponseRedirect(reverse("order", args=[market.slug, token]))
