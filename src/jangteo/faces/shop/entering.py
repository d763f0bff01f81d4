"""Coming in to go on: back to the page that asked for it, with a note of when the code was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from jangteo.domains.markets.models import Market
from jangteo.domains.people.models import User
from jangteo.domains.regulars.actions.note_sign_in import note_sign_in
from jangteo.domains.regulars.rules import PROVEN_FOR
from jangteo.faces.shop import hearts
from jangteo.faces.shop.customer import actor_of, signed_in
from jangteo.faces.shop.pages import market_page, shown
from jangteo.faces.shop.practice import real_only
from jangteo.kernel import clock

WAY_ON, PROVEN_AT = "way_on", "proven_at"
P = ParamSpec("P")
CustomerView = Callable[Concatenate[HttpRequest, Market, User, P], HttpResponse]


def remember_way(request: HttpRequest, market: Market) -> None:
    """Keep where `?next=` wants to go, if that lies in this market's shop."""
    wanted = request.GET.get("next", "")
    inside = wanted.startswith(f"/{market.slug}/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    if inside:
        request.session[WAY_ON] = wanted
    else:
        request.session.pop(WAY_ON, None)


def came_in(request: HttpRequest, market: Market, user_id: int, finish: Callable[[str], HttpResponse]) -> HttpResponse:
    """Let `finish` sign them in and lead them on; note when, for the pages that ask for a fresh code."""
    way = request.session.pop(WAY_ON, "") or reverse("orders", args=[market.slug])
    response = finish(way)
    request.session[PROVEN_AT] = clock.now().isoformat()
    from_address = request.META.get("REMOTE_ADDR", "")
    note_sign_in(market=market, actor=actor_of(request), user_id=user_id, from_address=from_address)
    hearts.join(response, request, market, user_id)
    return response


def is_fresh(request: HttpRequest) -> bool:
    """Whether the code was typed in this browser just now, and not weeks ago."""
    proven = request.session.get(PROVEN_AT, "")
    return bool(proven) and clock.now() - datetime.fromisoformat(proven) <= PROVEN_FOR


def customer_page(view: CustomerView[P]) -> Callable[..., HttpResponse]:
    """A page about an account. Whoever is not signed in is led to the door first, and back here from there."""
    return _behind_door(view, lambda request: True)


def fresh_page(view: CustomerView[P]) -> Callable[..., HttpResponse]:
    """The same for what nobody may do with a phone that was left lying about: a code is typed for it first."""
    return _behind_door(view, is_fresh)


def _behind_door(view: CustomerView[P], is_enough: Callable[[HttpRequest], bool]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def run(request: HttpRequest, market: Market, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = signed_in(request)
        if user is not None and is_enough(request):
            return view(request, market, user, *args, **kwargs)
        way = reverse("my_data", args=[market.slug]) if request.method == "POST" else request.path
        door = f"{reverse('enter', args=[market.slug])}?{urlencode({'next': way})}"
        if request.method == "POST":
            return HttpResponseRedirect(door)
        return shown(request, market, "my_door.html", {"door": door, "again": user is not None})

    return market_page(real_only(run))
