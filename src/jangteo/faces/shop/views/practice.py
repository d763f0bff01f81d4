"""Practising to buy: the door, the five things, and the window of the play gateway."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.practice.entering import Learner, begin, begin_afresh
from jangteo.domains.practice.lessons import tried
from jangteo.domains.practice.models import Sitting
from jangteo.domains.practice.queries import living_copies, texts_unsent
from jangteo.faces._parts.words.practice import lesson_words
from jangteo.faces.shop import basket as baskets
from jangteo.faces.shop.customer import orders_of
from jangteo.faces.shop.pages import asked, asked_number, market_page, shown
from jangteo.faces.shop.practice import tried_by
from jangteo.kernel.limits import check_rate
from jangteo.kernel.tenancy import in_market

FACE = Sitting.Face.SHOP
MOST_COPIES = 10
WINDOW = timedelta(hours=1)
LEFT = "USER_CANCEL"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def practice(request: HttpRequest, market: Market) -> HttpResponse:
    """In the real market the door; in a copy the five things. A button leads into a copy, or into a fresh one."""
    if request.method == "POST":
        return _begin(request, market, afresh=request.POST.get("do") == "afresh")
    if not market.is_practice:
        return shown(request, market, "practice_door.html", {})
    done = tried_by(orders_of(request, market), has_basket=bool(baskets.read(request, market).wishes))
    rows = [(lesson_words(FACE, one.key), one.is_done) for one in tried(FACE, done)]
    facts = {"lessons": rows, "done": sum(is_done for _words, is_done in rows), "texts": texts_unsent()}
    return shown(request, market, "practice_room.html", facts)


@require_POST
@market_page
def practice_stop(request: HttpRequest, market: Market) -> HttpResponse:
    """Back to the real shop. Others may still be buying in the copy, which ends by itself."""
    real = market.practice_of or market
    return HttpResponseRedirect(reverse("front", args=[real.slug]))


@never_cache
@require_safe
@market_page
def window(request: HttpRequest, market: Market) -> HttpResponse:
    """What the gateway's window is elsewhere. Only in a copy, and only back to the copy's own pages."""
    success, fail = asked(request, "success"), asked(request, "fail")
    own = f"{request.scheme}://{request.get_host()}/{market.slug}/"
    if not market.is_practice or not (success.startswith(own) and fail.startswith(own)):
        raise Http404
    ref, amount = asked(request, "orderId"), asked_number(request, "amount", 0)
    paid = urlencode({"paymentKey": f"play-{ref}", "orderId": ref, "amount": amount})
    facts = {
        "name": asked(request, "orderName"),
        "amount_won": amount,
        "paid": f"{success}?{paid}",
        "left": f"{fail}?code={LEFT}",
    }
    return shown(request, market, "practice_window.html", facts)


def _begin(request: HttpRequest, market: Market, *, afresh: bool) -> HttpResponse:
    real = market.practice_of or market
    if afresh or not living_copies(real):
        # Only what makes a copy is counted: a whole class may come from one address.
        check_rate(f"practice:{request.META.get('REMOTE_ADDR', '')}", most=MOST_COPIES, window=WINDOW)
    with in_market(real.pk):
        seated = (begin_afresh if afresh else begin)(real, Learner(FACE))
    return HttpResponseRedirect(reverse("shop_practice", args=[seated.sitting.market.slug]))
