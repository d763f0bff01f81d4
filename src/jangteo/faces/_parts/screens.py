"""Kiosks and boards: known by a cookie, and taken into a market by six digits that they show.

A face of such screens stands at one address (`kiosk:home`, `board:home`): its view is wrapped in `for_screen`, and
`screen_urls` brings the addresses by which a screen asks for its digits, waits, and calls in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.devices.actions.ask_pairing import ask_pairing
from jangteo.domains.devices.actions.note_seen import note_seen
from jangteo.domains.devices.models import Screen, ScreenKind
from jangteo.domains.devices.queries import screen_by_secret, waiting_pairing
from jangteo.domains.markets.models import Market
from jangteo.faces._parts.devices import KEPT, helplines
from jangteo.kernel import live
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.limits import TooOften
from jangteo.kernel.tenancy import in_market

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class AtScreen:
    """Which screen asks. What customers do at it they do as `actor`."""

    market: Market
    screen: Screen
    actor: Actor

    @property
    def live_ticket(self) -> str:
        """Opens the market's news, what is said to this screen, and to boards that numbers are called.

        Good for `live.TICKET_SECONDS`.
        """
        numbers = [f"numbers:{self.market.pk}"] if self.screen.kind == ScreenKind.BOARD else []
        return live.ticket([f"market:{self.market.pk}", f"screen:{self.screen.pk}", *numbers])

    @property
    def reload_mark(self) -> str:
        """Changes when somebody asks for a reload: a page that was made with another one loads itself again."""
        return reload_mark(self.screen)


ScreenView = Callable[Concatenate[HttpRequest, AtScreen, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def cookie_of(kind: ScreenKind) -> str:
    """The cookie that keeps the secret of a screen, paired or not yet. One for each kind."""
    return f"{kind.value}_screen"


def screen_of(request: HttpRequest, kind: ScreenKind) -> Screen | None:
    """The screen of this kind behind the request's cookie, its market loaded; None before it is paired."""
    secret = request.COOKIES.get(cookie_of(kind), "")
    screen = screen_by_secret(secret) if secret else None
    return screen if screen is not None and screen.kind == kind else None


def reload_mark(screen: Screen) -> str:
    """The moment of the last wish for a reload, "" for none."""
    return screen.reload_asked_at.isoformat() if screen.reload_asked_at else ""


def for_screen(kind: ScreenKind, *, is_page: bool = True) -> Callable[[ScreenView[P]], View[P]]:
    """Let paired screens of this kind in, in the scope of their market. Any other browser is shown six digits.

    What is no page answers others with 403 instead: to a screen's outbox a page with digits would mean "done".
    """

    def around(view: ScreenView[P]) -> View[P]:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            screen = screen_of(request, kind)
            if screen is None:
                return _unpaired(request, kind) if is_page else JsonResponse({"state": "retired"}, status=403)
            with in_market(screen.market_id):
                try:
                    response = view(request, _at(screen), *args, **kwargs)
                except ObjectDoesNotExist as unknown:
                    raise Http404 from unknown
            add_never_cache_headers(response)
            return response

        return run

    return around


def screen_urls(kind: ScreenKind) -> list[URLPattern]:
    """The addresses below a face of screens: to ask for digits, to hear whether they were typed, to call in."""
    return [
        path("pair/", never_cache(require_POST(partial(_pair, kind=kind))), name="pair"),
        path("paired/", never_cache(require_safe(partial(_paired, kind=kind))), name="paired"),
        path("seen/", never_cache(require_POST(partial(_seen, kind=kind))), name="seen"),
    ]


def _at(screen: Screen) -> AtScreen:
    return AtScreen(screen.market, screen, Actor(ActorKind.PROGRAM, f"screen:{screen.pk}"))


def _unpaired(request: HttpRequest, kind: ScreenKind, *, is_too_often: bool = False) -> HttpResponse:
    """The page of a screen that belongs to nobody. It shows digits once it has asked for them by itself."""
    pairing = waiting_pairing(request.COOKIES.get(cookie_of(kind), ""))
    facts = {
        "kind": kind.value,
        "code": pairing.code if pairing is not None and pairing.kind == kind else "",
        "pair_url": reverse(f"{kind.value}:pair"),
        "paired_url": reverse(f"{kind.value}:paired"),
        "is_too_often": is_too_often,
        "markets": helplines(),
    }
    response = render(request, "devices/pairing.html", facts, status=429 if is_too_often else 200)
    add_never_cache_headers(response)
    return response


def _pair(request: HttpRequest, *, kind: ScreenKind) -> HttpResponse:
    """Give this browser digits of its own, unless it has some or is paired already."""
    home = HttpResponseRedirect(reverse(f"{kind.value}:home"))
    if screen_of(request, kind) or waiting_pairing(request.COOKIES.get(cookie_of(kind), "")):
        return home
    try:
        asked = ask_pairing(kind=kind, caller=str(request.META.get("REMOTE_ADDR", "")))
    except TooOften:
        return _unpaired(request, kind, is_too_often=True)
    home.set_cookie(cookie_of(kind), asked.secret, max_age=KEPT, httponly=True, samesite="Lax", secure=settings.HTTPS)
    return home


def _paired(request: HttpRequest, *, kind: ScreenKind) -> HttpResponse:
    """ "paired" once somebody has typed the digits, "waiting" before, "over" when they are good no longer."""
    if screen_of(request, kind) is not None:
        return JsonResponse({"state": "paired"})
    waiting = waiting_pairing(request.COOKIES.get(cookie_of(kind), ""))
    return JsonResponse({"state": "waiting" if waiting is not None else "over"})


def _unsent(request: HttpRequest) -> int:
    """How much the screen says that it keeps."""
    told = request.POST.get("unsent", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 7 else 0


def _seen(request: HttpRequest, *, kind: ScreenKind) -> HttpResponse:
    """The screen calls in, once a minute. It is told when to load itself again, and when it was taken down."""
    screen = screen_of(request, kind)
    if screen is None:
        return JsonResponse({"state": "retired"}, status=403)
    at = _at(screen)
    try:
        known = note_seen(market=at.market, actor=at.actor, screen_id=screen.pk, unsent=_unsent(request))
    except Screen.DoesNotExist:
        return JsonResponse({"state": "retired"}, status=403)
    return JsonResponse({"state": "on", "reload": reload_mark(known)})
