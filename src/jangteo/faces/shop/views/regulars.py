"""내 단골: hearts, today's news of my stalls, and the same as last time."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.catalog.queries import good_by_id
from jangteo.domains.markets.models import Market
from jangteo.domains.markets.queries import stall_by_code
from jangteo.domains.regulars.favourites import goods_with_heart
from jangteo.faces._parts.views import safe_next
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop import hearts
from jangteo.faces.shop.again import as_today, last_order, with_again
from jangteo.faces.shop.customer import user_id_of
from jangteo.faces.shop.pages import beside_basket, market_page, shown
from jangteo.faces.shop.views.order import order_or_404


@require_safe
@market_page
def regulars(request: HttpRequest, market: Market) -> HttpResponse:
    """My stalls with their news, and the goods I gave a heart."""
    goods = goods_with_heart(hearts.hearts_here(request, market))
    cards, total = beside_basket(goods, baskets.read(request, market))
    facts = {
        "stalls": hearts.my_news(request, market),
        "cards": cards,
        "basket_sum": total,
        "can_repeat": hearts.may_have_ordered(request, market),
        "is_guest": user_id_of(request) is None,
    }
    return shown(request, market, "regulars.html", facts)


@require_POST
@market_page
def set_heart(request: HttpRequest, market: Market) -> HttpResponse:
    """Absolute: `on` is yes or no. Back to where the heart was pressed."""
    told = request.POST
    about = _about(told.get("stall", ""), told.get("good", ""))
    response = HttpResponseRedirect(safe_next(request, otherwise=reverse("regulars", args=[market.slug])))
    hearts.set_one(response, request, market, about, told.get("on") == "yes")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def again(request: HttpRequest, market: Market, token: str = "") -> HttpResponse:
    """What of that order can be had today; posted, it goes into the basket and on to the order."""
    view = order_or_404(token) if token else last_order(request, market)
    today = None if view is None else as_today(view)
    if request.method != "POST":
        return shown(request, market, "again.html", {"again": today})
    if today is None or not today.had:
        return HttpResponseRedirect(request.path)
    there = "basket" if request.POST.get("only") == "basket" else "checkout"
    response = HttpResponseRedirect(reverse(there, args=[market.slug]))
    baskets.keep(response, request, market, with_again(baskets.read(request, market), today))
    return response


def _about(stall_code: str, good_number: str) -> tuple[int, int | None]:
    """The numbers of a stall, or of a good and its stall. Raises BadRequest for what is not in this market."""
    is_number = good_number.isascii() and good_number.isdigit() and len(good_number) < 18
    good = good_by_id(int(good_number)) if is_number else None
    if good is not None:
        return good.stall_id, good.pk
    stall = stall_by_code(stall_code.replace("\x00", "")) if stall_code else None
    if stall is None:
        raise BadRequest
    return stall.pk, None
