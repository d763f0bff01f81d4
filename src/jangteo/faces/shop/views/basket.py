"""The basket: looking at it and setting one good in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.catalog.queries import good_by_id
from jangteo.domains.markets.models import Market
from jangteo.domains.stock.queries import goods_with_left
from jangteo.faces._parts.views import safe_next
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop.basket import Basket
from jangteo.faces.shop.cards import Card, basket_sum, cards_of
from jangteo.faces.shop.forms import BasketForm
from jangteo.faces.shop.pages import asked_number, market_page, shown, sum_of, wants_fragment


@require_safe
@market_page
def basket(request: HttpRequest, market: Market) -> HttpResponse:
    """`removed`, `quantity` and `slack` in the address offer the way back after taking something out."""
    in_basket = baskets.read(request, market)
    removed = good_by_id(asked_number(request, "removed", 0))
    facts = {
        "removed": None if removed is None or removed.pk in in_basket.wishes else removed,
        "removed_quantity": asked_number(request, "quantity", 1),
        "removed_slack": asked_number(request, "slack", 1_500),
        "basket_sum": sum_of(in_basket),
    }
    return shown(request, market, "basket.html", facts)


@require_POST
@market_page
def basket_set(request: HttpRequest, market: Market) -> HttpResponse:
    """Set how many of a good are wanted. Absolute numbers, so that a second press changes nothing."""
    form = BasketForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    was = baskets.read(request, market)
    found = goods_with_left({form.wanted_id, *was.wishes})
    if form.wanted_id not in found:
        raise BadRequest
    now_in = form.applied_to(was, found[form.wanted_id][0])
    response = _answer(request, market, form, cards_of(found, now_in), now_in)
    baskets.keep(response, request, market, now_in)
    return response


def _answer(
    request: HttpRequest, market: Market, form: BasketForm, card_of: Mapping[int, Card], basket: Basket
) -> HttpResponse:
    """The changed part for our script, else a redirect to where the button was pressed."""
    basket_page = reverse("basket", args=[market.slug])
    came_from = safe_next(request, otherwise=basket_page)
    if wants_fragment(request, "card"):
        facts = {
            "market": market,
            "card": card_of[form.wanted_id],
            "basket_sum": basket_sum(card_of, basket),
            "here": came_from.partition("#")[0],
        }
        return render(request, "shop/parts/added.html", facts)
    return HttpResponseRedirect(f"{basket_page}?{form.way_back()}" if form.takes_out else came_from)
