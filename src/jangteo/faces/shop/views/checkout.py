"""One page between the basket and the order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.queries import pickup_times
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.domains.payments.gateways import card_is_taken
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop import my_orders
from jangteo.faces.shop.basket import Basket
from jangteo.faces.shop.cards import BasketSum
from jangteo.faces.shop.customer import actor_of, last_person, user_id_of
from jangteo.faces.shop.forms import CheckoutForm
from jangteo.faces.shop.pages import market_page, shown, sum_of
from jangteo.kernel import clock, ids
from jangteo.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def checkout(request: HttpRequest, market: Market) -> HttpResponse:
    total = sum_of(baskets.read(request, market))
    if request.method == "POST":
        form = _form(market, data=request.POST)
        placed = _placed(request, market, form, total) if form.is_valid() else None
        if placed is not None:
            return _to_order(request, market, placed)
        return shown(request, market, "checkout.html", {"form": form, "basket_sum": total}, status=422)
    if not total.buyable or total.problems:
        return HttpResponseRedirect(reverse("basket", args=[market.slug]))
    initial = {**last_person(request, market), "key": ids.new_token(), "seen_won": total.most_won}
    return shown(request, market, "checkout.html", {"form": _form(market, initial=initial), "basket_sum": total})


def _form(market: Market, **kwargs: object) -> CheckoutForm:
    return CheckoutForm(times=pickup_times(market, clock.now()), card=card_is_taken(), **kwargs)


def _placed(request: HttpRequest, market: Market, form: CheckoutForm, total: BasketSum) -> PlacedOrder | None:
    """The placed order, or None with the reason written into the form."""
    if total.lines and total.most_won > form.cleaned_data["seen_won"]:
        form.ask_again(total.most_won)
        return None
    try:
        return place_order(
            market=market,
            actor=actor_of(request),
            wanted=form.wanted(total),
            key=form.cleaned_data["key"],
            user_id=user_id_of(request),
        )
    except Refused as refused:
        form.refuse(refused)
        return None


def _to_order(request: HttpRequest, market: Market, placed: PlacedOrder) -> HttpResponse:
    page = "pay" if placed.state == OrderState.AWAITING_PAYMENT else "order"
    response = HttpResponseRedirect(reverse(page, args=[market.slug, placed.token]))
    my_orders.remember(response, request, market, placed.token)
    baskets.keep(response, request, market, Basket())
    return response
