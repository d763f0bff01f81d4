"""The shop of a copy that people practise in: reached by its address alone, and nobody is signed in there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import practice_market
from jangteo.domains.ordering.queries import OrderView
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.practice.queries import shoppers_sitting
from jangteo.faces._parts.practising import practise
from jangteo.kernel.tenancy import in_market

PREFIX = "practice-"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Market, P], HttpResponse]


def real_only(view: View[P]) -> View[P]:
    """Lead whoever practises from a page about accounts back to what there is to try."""

    @wraps(view)
    def run(request: HttpRequest, market: Market, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if market.is_practice:
            return HttpResponseRedirect(reverse("shop_practice", args=[market.slug]))
        return view(request, market, *args, **kwargs)

    return run


def practised_market(request: HttpRequest, slug: str) -> Market | None:
    """The copy under this address, for which the request is marked; None for any other address.

    An account is a real person's, so that whoever is signed in is a guest here.
    """
    market = practice_market(slug) if slug.startswith(PREFIX) else None
    if market is None:
        return None
    request.user = AnonymousUser()
    with in_market(market.pk):
        sitting = shoppers_sitting()
    practise(request, market, reverse("shop_practice", args=[slug]), sitting)
    return market


def tried_by(orders: list[OrderView], *, has_basket: bool) -> set[str]:
    """What of the five things this browser has done, by its basket and its orders."""
    done = {"basket"} if has_basket or orders else set()
    for view in orders:
        done.add("order")
        if view.order.tender == "card" and view.order.state in (OrderState.PLACED, OrderState.CLOSED):
            done.add("card")
        if view.order.state == OrderState.CLOSED:
            done.add("got")
        if view.order.state == OrderState.CANCELLED:
            done.add("cancel")
    return done
