"""내 도장: what I collect, the digits that my page shows, and the code on a stall's phone."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jangteo.domains.markets.models import Market
from jangteo.domains.stamps.actions.make_code import make_code
from jangteo.domains.stamps.actions.use_code import use_code
from jangteo.domains.stamps.queries import cards_of, code_by_digits, living_code, running_now, shown_code
from jangteo.faces._parts.stamp_cards import cards_on_paper, paper_card
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.shop.customer import actor_of, signed_in, user_id_of
from jangteo.faces.shop.pages import asked, market_page, shown
from jangteo.faces.shop.stamps import put_on_paper
from jangteo.kernel.errors import Refused
from jangteo.kernel.limits import check_rate

TRIES, TRIES_WINDOW = 20, timedelta(minutes=10)


@never_cache
@require_safe
@market_page
def stamps(request: HttpRequest, market: Market) -> HttpResponse:
    """My cards; for whoever is not signed in, what can be collected here and how."""
    if asked(request, "number"):
        return _typed(request, market)
    return _stamps(request, market)


@require_POST
@market_page
def number(request: HttpRequest, market: Market) -> HttpResponse:
    """Six digits to read out at a stall."""
    user_id = user_id_of(request)
    if user_id is None:
        return HttpResponseRedirect(reverse("enter", args=[market.slug]))
    make_code(market=market, actor=actor_of(request), user_id=user_id)
    return HttpResponseRedirect(reverse("stamps", args=[market.slug]) + "#number")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@market_page
def at(request: HttpRequest, market: Market, token: str) -> HttpResponse:
    """The code on the stall's phone was scanned: one press, or a number and one press."""
    code = living_code(token.replace("\x00", ""))
    facts: dict[str, object] = {"code": code, "user": signed_in(request), "phone": request.POST.get("phone", "010")}
    if code is None or request.method != "POST":
        return shown(request, market, "stamps_at.html", facts, status=200 if code else 404)
    try:
        _check(request)
        actor, user_id, phone = actor_of(request), user_id_of(request), request.POST.get("phone", "")[:20]
        put = use_code(market=market, actor=actor, token=code.token, user_id=user_id, phone=phone)
    except Refused as no:
        return shown(request, market, "stamps_at.html", {**facts, "error": sentence(no)}, status=422)
    return shown(request, market, "stamps_put.html", {"papers": put_on_paper(market, put), "stall": code.stall})


def _typed(request: HttpRequest, market: Market) -> HttpResponse:
    digits = asked(request, "number").replace(" ", "").replace("-", "")[:6]
    _check(request)
    code = code_by_digits(digits)
    if code is None:
        return _stamps(request, market, number=digits, status=404)
    return HttpResponseRedirect(reverse("stamps_at", args=[market.slug, code.token]))


def _stamps(request: HttpRequest, market: Market, *, number: str = "", status: int = 200) -> HttpResponse:
    user = signed_in(request)
    cards = [] if user is None else cards_on_paper(cards_of(user.pk), market.name)
    mine = {paper.card.programme.pk for paper in cards if paper.card is not None}
    others = [one for one in running_now() if one.pk not in mine]
    facts = {
        "user": user,
        "cards": cards,
        "others": [
            (one, paper_card(one, one.stall.name if one.stall else market.name, seed=0, live=0)) for one in others
        ],
        "shown_code": None if user is None else shown_code(user.pk),
        "number": number,
    }
    return shown(request, market, "stamps.html", facts, status=status)


def _check(request: HttpRequest) -> None:
    """Raises TooOften: six digits are few."""
    check_rate(f"stamp:{request.META.get('REMOTE_ADDR', '')}", most=TRIES, window=TRIES_WINDOW)
