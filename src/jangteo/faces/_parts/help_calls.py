"""도와주세요: from any screen, in two taps, with the telephone number beside it: most people ask by telephone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.actions.take_back_call import take_back_call
from jangteo.domains.helping.calls import NewCall
from jangteo.domains.helping.errors import BadCall, NoCarrying
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.helping.queries import call_by_token, carrying_to
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.markets.queries import open_market, stall_by_id
from jangteo.faces._parts.context import look
from jangteo.faces._parts.devices import STALL_COOKIE, device_of, easy_look
from jangteo.faces._parts.words.help_words import CUSTOMER_ASKS, STALL_ASKS
from jangteo.kernel import clock, live
from jangteo.kernel.audit import Actor, ActorKind
from jangteo.kernel.limits import TooOften, check_rate
from jangteo.kernel.tenancy import in_market

CALLS, CALLS_WINDOW = 8, timedelta(minutes=10)
SCREENS = frozenset({HelpCall.Face.KIOSK, HelpCall.Face.BOARD})
DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose screen it is. A stall's phone is known by its cookie; anybody else says where they are."""

    actor: Actor
    face: str
    stall: Stall | None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what it is about, in four big choices; then call. A kiosk comes with `?face=kiosk&place=북문`."""
    market = _market(slug)
    with in_market(market.pk):
        who = _caller(request, market)
        what = request.POST.get("what", "")
        if request.method != "POST" or not what:
            return _ask(request, market, who)
        try:
            check_rate(f"help:{request.META['REMOTE_ADDR']}", most=CALLS, window=CALLS_WINDOW)
            made = call_help(market=market, actor=who.actor, call=_said(request, who, what))
        except (BadCall, NoCarrying, TooOften) as no:
            return _ask(request, market, who, no)
    return HttpResponseRedirect(reverse("helping:called", args=[slug, made.token]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def called(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Somebody comes: who, and the telephone. POST takes the call back."""
    market = _market(slug)
    with in_market(market.pk):
        try:
            row = call_by_token(token)
        except HelpCall.DoesNotExist as unknown:
            raise Http404 from unknown
        if request.method == "POST":
            take_back_call(market=market, actor=_caller(request, market).actor, token=token)
            return redirect("helping:called", slug, token)
        facts = {
            "market": market,
            "call": row,
            "live_ticket": live.ticket([f"call:{row.pk}"]),
            **_look(request, row.face),
        }
    part = "called_state" if request.headers.get("X-Fragment") == "called" else "called"
    return render(request, f"helping/{part}.html", facts)


def _ask(
    request: HttpRequest, market: Market, who: Caller, refused: BadCall | NoCarrying | TooOften | None = None
) -> HttpResponse:
    asks = STALL_ASKS if who.stall is not None else CUSTOMER_ASKS
    said = request.POST if request.method == "POST" else request.GET
    facts = {
        "market": market,
        "stall": who.stall,
        "face": who.face,
        "asks": asks,
        "carrying": carrying_to(market, clock.now()),
        "place": said.get("place", ""),
        "phone": said.get("phone", ""),
        "key": said.get("key") or str(uuid.uuid4()),
        "refused": refused,
        **_look(request, who.face),
    }
    status = 200 if refused is None else 429 if isinstance(refused, TooOften) else 422
    return render(request, "helping/call.html", facts, status=status)


def _said(request: HttpRequest, who: Caller, what: str) -> NewCall:
    key = request.POST.get("key") or str(uuid.uuid4())
    what, _colon, to = what.partition(":")
    if who.stall is not None:
        place = _("%(stall)s (%(street)s)") % {"stall": who.stall.name, "street": who.stall.street.name}
        return NewCall(who.face, place, what, key, who.stall.owner_name, who.stall.phone, who.stall.pk, to)
    phone = "".join(one for one in request.POST.get("phone", "") if one in DIGITS)
    return NewCall(who.face, request.POST.get("place", ""), what, key, phone=phone, to=to)


def _market(slug: str) -> Market:
    market = open_market(slug)
    if market is None:
        raise Http404
    return market


def _caller(request: HttpRequest, market: Market) -> Caller:
    device = device_of(request, STALL_COOKIE)
    face = request.POST.get("face") or request.GET.get("face", "")
    if face in SCREENS:
        return Caller(Actor(ActorKind.CUSTOMER, face), face, None)
    if device is None or device.market_id != market.pk or device.stall_id is None or face == HelpCall.Face.SHOP:
        return Caller(Actor(ActorKind.CUSTOMER, "guest"), HelpCall.Face.SHOP, None)
    stall = stall_by_id(device.stall_id)
    return Caller(Actor(ActorKind.STALL, f"device:{device.pk}"), HelpCall.Face.STALL, stall)


def _look(request: HttpRequest, face: str) -> dict[str, object]:
    """Large from the start where older people stand: at the stall and at a kiosk."""
    return look(request) if face == HelpCall.Face.SHOP else easy_look(request)
