"""Looking around: the market's front, goods, one good, a stall, the map, search, help."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jangteo.domains.catalog import queries as catalog
from jangteo.domains.markets import queries as markets
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.promotions.queries import point_terms
from jangteo.domains.reviews.queries import ratings_of_stall
from jangteo.faces._parts.soon import soon
from jangteo.faces._parts.words.point_words import percent
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop import hearts
from jangteo.faces.shop.basket import Wish
from jangteo.faces.shop.cards import ceiling_choices, with_ratings
from jangteo.faces.shop.map import drawn_streets, place_of
from jangteo.faces.shop.pages import asked, asked_number, beside_basket, market_page, shown, wants_fragment
from jangteo.kernel import clock, live

BEST = 8
SUGGESTIONS = 6
STALLS_FOUND = 4
# Streets are added and named in the office; a page may show them without their colour for so many seconds.
STREETS_KEPT = 600
SORTS = {sort.value: sort for sort in catalog.Sort}


@require_safe
def choose_market(request: HttpRequest) -> HttpResponse:
    """Where only one market is open, that is the shop."""
    found = list(markets.open_markets())
    if len(found) == 1 and found[0].slug:
        return HttpResponseRedirect(reverse("front", args=[found[0].slug]))
    now = clock.now()
    return render(request, "shop/markets.html", {"markets": [(m, markets.hours_now(m, now)) for m in found]})


@require_safe
@market_page
def front(request: HttpRequest, market: Market) -> HttpResponse:
    card_list, total = beside_basket(catalog.best_now(BEST), baskets.read(request, market))
    facts = {
        "kinds": catalog.kinds_with_goods(),
        "cards": card_list,
        "basket_sum": total,
        "streets": drawn_streets(),
        "mine": hearts.my_front(request, market),
        "soon": soon(),
    }
    return shown(request, market, "front.html", facts)


@require_safe
@market_page
def goods(request: HttpRequest, market: Market) -> HttpResponse:
    kind, stall, sort = asked(request, "kind"), asked(request, "stall"), _sort(asked(request, "sort"))
    page = catalog.goods_page(kind=kind, stall_code=stall, sort=sort, number=asked_number(request, "page", 1))
    card_list, total = beside_basket(page.goods, baskets.read(request, market))
    facts = {
        "page": page,
        "cards": card_list,
        "basket_sum": total,
        "kinds": catalog.kinds_with_goods(),
        "kind": kind,
        "stalls": markets.stalls_of_kind(kind),
        "stall": stall,
        "sort": sort,
    }
    return shown(request, market, "goods.html", facts)


@require_safe
@market_page
def good(request: HttpRequest, market: Market, good_id: int) -> HttpResponse:
    found = catalog.good_by_id(good_id) if good_id < 2**63 else None
    if found is None:
        raise Http404(good_id)
    basket = baskets.read(request, market)
    wish = basket.wishes.get(found.pk, Wish(1))
    others = [other for other in catalog.goods_of_stall(found.stall_id) if other.pk != found.pk][:4]
    (card, *beside), total = beside_basket([found, *others], basket)
    ceilings = ceiling_choices(found, wish)
    facts = {"card": card, "beside": beside, "wish": wish, "ceilings": ceilings, "basket_sum": total}
    if wants_fragment(request, "good_now"):
        return shown(request, market, "parts/good_now.html", facts)
    rated = ratings_of_stall(found.stall_id).goods
    facts |= {"beside": with_ratings(beside, rated), "rated": rated.get(found.pk)}
    return shown(request, market, "good.html", {**facts, "ticket": live.ticket([f"good:{found.pk}"])})


@require_safe
@market_page
def stall(request: HttpRequest, market: Market, code: str) -> HttpResponse:
    found = markets.stall_by_code(code.replace("\x00", ""))
    if found is None:
        raise Http404(code)
    card_list, total = beside_basket(catalog.goods_of_stall(found.pk), baskets.read(request, market))
    ratings = ratings_of_stall(found.pk)
    facts = {
        **_about(found),
        "cards": with_ratings(card_list, ratings.goods),
        "basket_sum": total,
        "ratings": ratings,
    }
    return shown(request, market, "stall.html", facts)


def _about(stall: Stall) -> dict[str, object]:
    """Where it is, when it is open, and what it gives in points, as 1%, or nothing."""
    terms = point_terms(stall.pk)
    rate = percent(terms.earn_bp) if terms is not None and terms.earn_bp else ""
    hours = markets.stall_hours(stall, clock.now())
    return {"stall": stall, "stall_hours": hours, "place": place_of(stall), "points_rate": rate}


@require_safe
@market_page
def map_page(request: HttpRequest, market: Market) -> HttpResponse:
    return shown(request, market, "map.html", {"streets": drawn_streets(), "here": asked(request, "stall")})


@require_safe
@market_page
def search(request: HttpRequest, market: Market) -> HttpResponse:
    text = asked(request, "q")
    found = catalog.search_goods(text)
    card_list, total = beside_basket(found.goods, baskets.read(request, market))
    facts: dict[str, object] = {"text": text, "found": found, "cards": card_list, "basket_sum": total}
    if wants_fragment(request, "suggest"):
        return render(request, "shop/parts/suggest.html", {"market": market, **facts, "cards": card_list[:SUGGESTIONS]})
    facts["stalls"] = markets.stalls_called(text, STALLS_FOUND) if text else []
    facts["is_misread"] = markets.is_misread_code(text)
    facts["kinds"] = [] if found.goods else catalog.kinds_with_goods()
    return shown(request, market, "search.html", facts)


@require_safe
@market_page
def help_page(request: HttpRequest, market: Market) -> HttpResponse:
    return shown(request, market, "help.html", {})


@require_safe
@cache_control(public=True, max_age=STREETS_KEPT)
@market_page
def stripe(request: HttpRequest, market: Market) -> HttpResponse:
    """The market's two colours and those of its streets, so that no page needs an inline style."""
    colours = {"a": market.stripe_a, "b": market.stripe_b, "streets": markets.street_colours(market.pk)}
    return render(request, "shop/stripe.css", colours, content_type="text/css")


def _sort(text: str) -> catalog.Sort:
    return SORTS.get(text, catalog.Sort.LIKED)
