"""Hearts: of the account where somebody is signed in, else in a signed cookie of the market's own path."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.actions.join_hearts import join_hearts
from jangteo.domains.regulars.actions.set_heart import set_heart
from jangteo.domains.regulars.favourites import MOST, Hearts, MyStall, has_heart, hearts_of, news_of
from jangteo.faces.shop import my_orders
from jangteo.faces.shop.customer import actor_of, user_id_of
from jangteo.kernel import clock

COOKIE = "hearts"
MOST_ON_FRONT = 3
KEPT_SECONDS = 400 * 24 * 3600


def kept(request: HttpRequest, market: Market) -> Hearts:
    """Those that this browser keeps. A forged, foreign or broken cookie gives none."""
    try:
        stalls, goods = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_salt(market), max_age=KEPT_SECONDS)
        return Hearts(_numbers(stalls), _numbers(goods))
    except (signing.BadSignature, ValueError, TypeError):
        return Hearts()


def hearts_here(request: HttpRequest, market: Market) -> Hearts:
    """Of whoever looks. One query for an account, none for a guest."""
    user_id = user_id_of(request)
    return kept(request, market) if user_id is None else hearts_of(user_id)


def is_loved(request: HttpRequest, market: Market, *, stall_id: int, good_id: int | None = None) -> bool:
    """One query for an account, none for a guest."""
    user_id = user_id_of(request)
    if user_id is not None:
        return has_heart(user_id, stall_id=stall_id, good_id=good_id)
    hearts = kept(request, market)
    return stall_id in hearts.stalls if good_id is None else good_id in hearts.goods


def set_one(
    response: HttpResponse, request: HttpRequest, market: Market, about: tuple[int, int | None], wanted: bool
) -> None:
    """Give or take the heart of a stall, or of a good of it; `about` are both their numbers."""
    (stall_id, good_id), user_id = about, user_id_of(request)
    if user_id is not None:
        actor = actor_of(request)
        set_heart(market=market, actor=actor, user_id=user_id, stall_id=stall_id, good_id=good_id, wanted=wanted)
        return
    hearts = kept(request, market)
    now_in = hearts.with_stall(stall_id, wanted) if good_id is None else hearts.with_good(good_id, wanted)
    _keep(response, request, market, now_in)


def join(response: HttpResponse, request: HttpRequest, market: Market, user_id: int) -> None:
    """Somebody has signed in: what this browser kept is the account's now, and here no longer."""
    hearts = kept(request, market)
    if hearts:
        join_hearts(market=market, actor=actor_of(request), user_id=user_id, hearts=hearts)
        response.delete_cookie(COOKIE, path=f"/{market.slug}/")


def my_news(request: HttpRequest, market: Market) -> list[MyStall]:
    """Today's news of my stalls. One query; none for a guest without hearts."""
    user_id = user_id_of(request)
    hearts = kept(request, market) if user_id is None else Hearts()
    return news_of(hearts, user_id, clock.now())


@dataclass(frozen=True, slots=True)
class Mine:
    """What the front page has for somebody who has been here before."""

    stalls: tuple[MyStall, ...]
    more: int
    can_repeat: bool


def my_front(request: HttpRequest, market: Market) -> Mine | None:
    """One query at most; None for somebody new."""
    stalls, can_repeat = my_news(request, market), may_have_ordered(request, market)
    if not stalls and not can_repeat:
        return None
    return Mine(tuple(stalls[:MOST_ON_FRONT]), max(0, len(stalls) - MOST_ON_FRONT), can_repeat)


def may_have_ordered(request: HttpRequest, market: Market) -> bool:
    """Whether there may be an order to repeat. No query."""
    return user_id_of(request) is not None or bool(my_orders.tokens(request, market))


def _keep(response: HttpResponse, request: HttpRequest, market: Market, hearts: Hearts) -> None:
    response.set_cookie(
        COOKIE,
        signing.dumps([hearts.stalls, hearts.goods], salt=_salt(market), compress=True),
        KEPT_SECONDS,
        path=f"/{market.slug}/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _numbers(stored: object) -> tuple[int, ...]:
    if not isinstance(stored, list) or not all(type(one) is int for one in stored):
        raise ValueError(stored)
    return tuple(stored)[-MOST:]


def _salt(market: Market) -> str:
    return f"jangteo.hearts.{market.pk}"
