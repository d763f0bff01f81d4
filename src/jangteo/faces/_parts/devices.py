"""Phones and tablets that act for a stall or the association, known by a cookie instead of a sign-in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import open_markets
from jangteo.domains.people.models import STALL_ROLES, Device, Role
from jangteo.domains.people.queries import device_by_secret
from jangteo.faces._parts.context import MODE_COOKIE, look
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.errors import Refused
from jangteo.kernel.tenancy import in_market, in_stall

P = ParamSpec("P")
# One cookie for each kind, so that an owner who also sits in the association keeps both on one phone.
STALL_COOKIE = "stall_device"
OFFICE_COOKIE = "office_device"
OFFICE_ROLES = frozenset({Role.MANAGER, Role.HELPER})
KEPT = timedelta(days=400)
MARKETS_NAMED = 3


@dataclass(frozen=True, slots=True)
class AtStall:
    """Who looks and acts in a stall's screens."""

    market: Market
    stall: Stall
    actor: Actor
    device: Device


@dataclass(frozen=True, slots=True)
class AtOffice:
    """Who looks and acts in the association's screens."""

    market: Market
    actor: Actor
    device: Device


StallView = Callable[Concatenate[HttpRequest, AtStall, P], HttpResponse]
OfficeView = Callable[Concatenate[HttpRequest, AtOffice, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def cookie_for(role: str) -> str:
    """The cookie that keeps a device of this role."""
    return STALL_COOKIE if role in STALL_ROLES else OFFICE_COOKIE


def device_of(request: HttpRequest, cookie: str) -> Device | None:
    """The live device behind the request's cookie, its market and stall loaded."""
    secret = request.COOKIES.get(cookie, "")
    device = device_by_secret(secret) if secret else None
    return device if device is not None and cookie_for(device.role) == cookie else None


def keep_device(response: HttpResponseBase, role: str, secret: str) -> None:
    """Set the device's cookie, out of reach of scripts."""
    response.set_cookie(cookie_for(role), secret, max_age=KEPT, httponly=True, samesite="Lax", secure=settings.HTTPS)


def for_stall(view: StallView[P]) -> View[P]:
    """Let a stall's device in and nobody else, in the scope of its stall and market."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        device = device_of(request, STALL_COOKIE)
        if device is None or device.stall is None:
            return _shut_out(request, "stall")
        at = AtStall(device.market, device.stall, Actor(ActorKind.STALL, f"device:{device.pk}"), device)
        scope = in_stall(device.market_id, device.stall.pk)
        return _answer(
            request, _frame(request, "stall", [at.market]), scope, lambda: view(request, at, *args, **kwargs)
        )

    return run


def for_office(view: OfficeView[P]) -> View[P]:
    """Let the association's devices in and nobody else, in the scope of their market."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        device = device_of(request, OFFICE_COOKIE)
        if device is None or device.role not in OFFICE_ROLES:
            return _shut_out(request, "office")
        kind = ActorKind.HELPER if device.role == Role.HELPER else ActorKind.STAFF
        at = AtOffice(device.market, Actor(kind, f"device:{device.pk}"), device)
        scope = in_market(device.market_id)
        return _answer(
            request, _frame(request, "office", [at.market]), scope, lambda: view(request, at, *args, **kwargs)
        )

    return run


def easy_look(request: HttpRequest) -> dict[str, object]:
    """The look of a face that is easy until its person says otherwise; put over the context processor's."""
    shown = look(request)["look"]
    return {"look": replace(shown, easy=request.COOKIES.get(MODE_COOKIE) != "normal")}  # type: ignore[type-var]


def helplines() -> list[Market]:
    """Markets with a phone number to call, for someone whose market nobody knows."""
    return list(open_markets().exclude(phone="")[:MARKETS_NAMED])


def _answer(
    request: HttpRequest,
    frame: Mapping[str, object],
    scope: AbstractContextManager[None],
    view: Callable[[], HttpResponse],
) -> HttpResponse:
    with scope:
        try:
            response = view()
        except Refused as no:
            response = render(request, "devices/refused.html", {"refused": no, **frame}, status=409)
        except (ObjectDoesNotExist, Http404):
            # What lies outside the scope does not exist here, so a stranger's things are simply not found.
            response = render(request, "devices/missing.html", {**frame}, status=404)
    add_never_cache_headers(response)
    return response


def _shut_out(request: HttpRequest, face: str) -> HttpResponse:
    return render(request, "devices/shut_out.html", _frame(request, face, helplines()), status=403)


def _frame(request: HttpRequest, face: str, markets: list[Market]) -> dict[str, object]:
    """What a page needs that a device is answered with instead of the one it asked for; `markets` are there to call."""
    home = {"stall": "merchant:today", "office": "office:todo"}[face]
    return {"home": home, "markets": markets, **(easy_look(request) if face == "stall" else {})}
