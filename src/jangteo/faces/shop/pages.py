"""What every shop page shares: the market it belongs to, its hours, and the basket at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import hours_now, open_market
from jangteo.domains.stock.queries import goods_with_left
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop.basket import Basket
from jangteo.faces.shop.cards import BasketSum, Card, basket_sum, cards, cards_of
from jangteo.faces.shop.practice import practised_market
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market

P = ParamSpec("P")
MarketView = Callable[Concatenate[HttpRequest, Market, P], HttpResponse]


def market_page(view: MarketView[P]) -> Callable[..., HttpResponse]:
    """Turn the address's slug into its open market and let the view see that market only. 404 for any other.

    Django calls the result with the request and the fields of the address by name, `slug` among them.
    """

    @wraps(view)
    def run(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        market = open_market(slug) or practised_market(request, slug)
        if market is None:
            raise Http404(slug)
        with in_market(market.pk):
            return view(request, market, *args, **kwargs)

    return run


def shown(
    request: HttpRequest, market: Market, template: str, facts: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    """Render `shop/<template>` with what every page needs. `facts` may bring its own `basket_sum`."""
    context = {"market": market, "hours": hours_now(market, clock.now()), **facts}
    if "basket_sum" not in context:
        context["basket_sum"] = sum_of(baskets.read(request, market))
    return render(request, f"shop/{template}", context, status=status)


def beside_basket(goods: Iterable[Good], basket: Basket) -> tuple[list[Card], BasketSum]:
    """Cards of these goods and the sum of the basket. Two queries: the stock of the goods, and the basket."""
    return cards(goods, basket), sum_of(basket)


def sum_of(basket: Basket) -> BasketSum:
    """The basket in numbers. One query, none for an empty basket."""
    return basket_sum(cards_of(goods_with_left(basket.wishes.keys()), basket), basket)


def asked(request: HttpRequest, name: str) -> str:
    """A query field as plain text: no NUL (PostgreSQL refuses it), no blanks around it."""
    return request.GET.get(name, "").replace("\x00", "").strip()


def asked_number(request: HttpRequest, name: str, otherwise: int) -> int:
    """A query field as a whole number of at most nine digits."""
    text = asked(request, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def wants_fragment(request: HttpRequest, name: str) -> bool:
    """True when one of our scripts asks for a part of the page only."""
    return request.headers.get("X-Fragment") == name
