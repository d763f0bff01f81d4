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

from jangteo.domains.helping.models import Acting
from jangteo.domains.helping.queries import acting_for, acting_of
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import markets_to_call
from jangteo.domains.people.models import STALL_ROLES, Device, Role
from jangteo.domains.people.queries import device_by_secret
from jangteo.faces._parts.context import MODE_COOKIE, Look, worn
from jangteo.faces._parts.practising import practising, seated
from jangteo.kernel.audit import Actor, ActorKind, in_person
from jangteo.kernel.errors import Refused
from jangteo.kernel.tenancy import in_market, in_stall

P = ParamSpec("P")
# One cookie for each kind, so that an owner who also sits in the association keeps both on one phone.
STALL_COOKIE = "stall_device"
OFFICE_COOKIE = "office_device"
ROLES = {
    "office": frozenset({Role.MANAGER}),
    "helper": frozenset({Role.MANAGER, Role.HELPER}),
    "courier": frozenset({Role.COURIER}),
}
HOMES = {
    "stall": "merchant:today",
    "office": "office:todo",
    "helper": "helper:queue",
    "courier": "courier:today",
}
KEPT = timedelta(days=400)
MARKETS_NAMED = 3
SHUT_OUT = "devices/shut_out.html"
MOST_KEPT = 64
# How the page for those who are shut out looks, drawn once for each way that it can.
_drawn = dict[tuple[object, ...], bytes]()


@dataclass(frozen=True, slots=True)
class AtStall:
    """Who looks and acts in a stall's screens. `acting` is set where that is a helper with the stall's consent."""

    market: Market
    stall: Stall
    actor: Actor
    device: Device
    acting: Acting | None = None


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
    """The live device behind the request's cookie, its market and stall loaded; the copy's where it practises.

    Raises PracticeEnded.
    """
    return seated(request, cookie, real_device_of(request, cookie))


def real_device_of(request: HttpRequest, cookie: str) -> Device | None:
    """The same, whether it practises or not."""
    secret = request.COOKIES.get(cookie, "")
    device = device_by_secret(secret) if secret else None
    return device if device is not None and cookie_for(device.role) == cookie else None


def keep_device(response: HttpResponseBase, role: str, secret: str) -> None:
    """Set the device's cookie, out of reach of scripts."""
    response.set_cookie(cookie_for(role), secret, max_age=KEPT, httponly=True, samesite="Lax", secure=settings.HTTPS)


def for_stall(view: StallView[P]) -> View[P]:
    """Let a stall's device in, and a helper who acts for it; nobody else. In the scope of the stall and its market."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        at = _at_stall(request)
        if at is None:
            known = device_of(request, OFFICE_COOKIE)
            helps = known is not None and STALL_COOKIE not in request.COOKIES
            return _shut_out(request, "helper" if helps else "stall", known)
        scope = in_stall(at.market.pk, at.stall.pk)
        return _answer(
            request,
            lambda: {**_frame(request, "stall", [at.market]), **ribbon(at)},
            scope,
            lambda: view(request, at, *args, **kwargs),
        )

    return run


def for_stall_itself(view: StallView[P]) -> View[P]:
    """The same for what nobody may do for another: their account, their money, who may come in."""

    @wraps(view)
    def run(request: HttpRequest, at: AtStall, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        in_person(at.actor)
        return view(request, at, *args, **kwargs)

    return for_stall(run)


def ribbon(at: AtStall) -> dict[str, object]:
    """What every screen of a stall says while somebody acts for it; `acts_here` where this is the helper's phone."""
    return {"acting": at.acting or acting_for(at.stall.pk), "acts_here": at.acting is not None}


def _at_stall(request: HttpRequest) -> AtStall | None:
    """Whoever acts for another does so on purpose, so that comes before the stall of one's own."""
    helper = device_of(request, OFFICE_COOKIE)
    acting = None if helper is None else acting_of(helper.pk, helper.market_id)
    if helper is not None and acting is not None:
        actor = Actor(ActorKind.HELPER, f"device:{helper.pk}", f"stall:{acting.stall_id}")
        return AtStall(helper.market, acting.stall, actor, helper, acting)
    device = device_of(request, STALL_COOKIE)
    if device is None or device.stall is None:
        return None
    return AtStall(device.market, device.stall, Actor(ActorKind.STALL, f"device:{device.pk}"), device)


def for_office(view: OfficeView[P]) -> View[P]:
    """Let the association's devices in and nobody else, in the scope of their market.

    Helpers are not let in: here one pays money out, gives rights, and lets phones in.
    """
    return _of_market(view, "office")


def for_helper(view: OfficeView[P]) -> View[P]:
    """Let helpers in, and the association, which helps where no helper is; nobody else."""
    return _of_market(view, "helper")


def for_courier(view: OfficeView[P]) -> View[P]:
    """Let couriers in and nobody else: a round is somebody's own."""
    return _of_market(view, "courier")


def _of_market(view: OfficeView[P], face: str) -> View[P]:
    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        device = device_of(request, OFFICE_COOKIE)
        if device is None or device.role not in ROLES[face]:
            return _shut_out(request, face, device)
        kind = ActorKind.STAFF if device.role == Role.MANAGER else ActorKind.HELPER
        at = AtOffice(device.market, Actor(kind, f"device:{device.pk}"), device)
        scope = in_market(device.market_id)
        return _answer(
            request, lambda: _frame(request, face, [at.market]), scope, lambda: view(request, at, *args, **kwargs)
        )

    return run


def easy_look(request: HttpRequest) -> dict[str, object]:
    """The look of a face that is easy until its person says otherwise; put over the context processor's."""
    return {"look": _easy(request)}


def _easy(request: HttpRequest) -> Look:
    return replace(worn(request), easy=request.COOKIES.get(MODE_COOKIE) != "normal")


def helplines() -> list[Market]:
    """Markets with a phone number to call, for someone whose market nobody knows."""
    return markets_to_call(MARKETS_NAMED)


def _answer(
    request: HttpRequest,
    frame: Callable[[], Mapping[str, object]],
    scope: AbstractContextManager[None],
    view: Callable[[], HttpResponse],
) -> HttpResponse:
    with scope:
        try:
            response = view()
        except Refused as no:
            response = render(request, "devices/refused.html", {"refused": no, **frame()}, status=409)
        except (ObjectDoesNotExist, Http404):
            # What lies outside the scope does not exist here, so a stranger's things are simply not found.
            response = render(request, "devices/missing.html", {**frame()}, status=404)
    add_never_cache_headers(response)
    return response


def _shut_out(request: HttpRequest, face: str, known: Device | None) -> HttpResponse:
    """`known` is the device that came with the cookie of the association, the last one asked for."""
    acted = face == "helper" and known is not None
    strays = face == "office" and known is not None and known.role == Role.HELPER
    markets = helplines()
    facts = {**_frame(request, face, markets), "acted": acted, "strays": strays}
    if practising(request) is not None:
        return render(request, SHUT_OUT, facts, status=403)
    # Somebody without a key may ask again and again; the page holds nothing of whoever asks but this.
    shown = replace(worn(request) if face == "office" else _easy(request), here="")
    way = (face, acted, strays, shown, *((market.name, market.phone) for market in markets))
    if way not in _drawn:
        if len(_drawn) >= MOST_KEPT:
            _drawn.clear()
        _drawn[way] = render(request, SHUT_OUT, facts).content
    return HttpResponse(_drawn[way], status=403)


def _frame(request: HttpRequest, face: str, markets: list[Market]) -> dict[str, object]:
    """What a page needs that a device is answered with instead of the one it asked for; `markets` are there to call."""
    home = {"stall": "merchant:today", "office": "office:todo", "helper": "helper:queue", "courier": "courier:today"}[
        face
    ]
    return {"home": home, "markets": markets, **({} if face == "office" else easy_look(request))}
