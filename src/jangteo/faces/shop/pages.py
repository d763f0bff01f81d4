"""What every shop page shares: the market it belongs to, its hours, and the basket at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.queries import goods_by_id
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import hours_now, open_market
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop.basket import Basket
from jangteo.faces.shop.cards import BasketSum, Card, basket_sum, cards
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
        market = open_market(slug)
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
        context["basket_sum"] = beside_basket([], baskets.read(request, market))[1]
    return render(request, f"shop/{template}", context, status=status)


def beside_basket(goods: Iterable[Good], basket: Basket) -> tuple[list[Card], BasketSum]:
    """Cards of these goods and the sum of the basket. Two queries: the basket's goods and the stock of them all."""
    shown_goods = list(goods)
    in_basket = goods_by_id(basket.wishes.keys())
    every_card = cards([*shown_goods, *in_basket.values()], basket)
    return every_card[: len(shown_goods)], basket_sum(every_card[len(shown_goods) :], basket)


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
