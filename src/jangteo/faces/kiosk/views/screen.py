"""The kiosk's one page, what it is filled from, and what opens it without a network."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.devices.actions.change_screen import ScreenFacts, change_screen
from jangteo.domains.devices.models import ScreenKind
from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.models import HelpCall
from jangteo.faces._parts.offline import OWNER_HEADER, Kept, worker_script
from jangteo.faces._parts.screens import AtScreen, for_screen
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.kiosk.calling import call_from, say
from jangteo.faces.kiosk.catalogue import catalogue_of
from jangteo.faces.kiosk.shell import shell
from jangteo.faces.kiosk.standing import Standing
from jangteo.faces.kiosk.told import told_mm
from jangteo.kernel.limits import TooOften, check_rate

CALLS, CALLS_WINDOW = 8, timedelta(minutes=10)
# Photos have names of their own; the colours of the awning carry their version behind the question mark.
LASTING = r"^/photos/|/stripe\.css$"
# Pixels for a millimetre, times 100: from a wall of televisions to a telephone's screen.
LEAST_MM, MOST_MM = 50, 2_500


@require_safe
@for_screen(ScreenKind.KIOSK)
def home(request: HttpRequest, at: AtScreen) -> HttpResponse:
    """The page. It belongs to one screen of one market, which the worker is told."""
    response = render(request, "kiosk/kiosk.html", {"at": at, "market": at.market, "standing": Standing(at)})
    response[OWNER_HEADER] = str(at.screen.pk)
    return response


@require_safe
@for_screen(ScreenKind.KIOSK, is_page=False)
def catalogue(request: HttpRequest, at: AtScreen) -> HttpResponse:
    """Everything that can be bought now; 304 where the kiosk has it."""
    whole = catalogue_of(at.market, at.screen)
    tag = f'"{whole["version"]}"'
    answer = JsonResponse({**whole, "live_ticket": at.live_ticket}, headers={"ETag": tag})
    # What was sent squeezed comes back as a weak tag.
    return get_conditional_response(request, etag=tag, response=answer) or answer


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Anybody may read how it works; the page that it keeps is asked for with the kiosk's own cookie."""
    page = reverse("kiosk:home")
    return worker_script(Kept("kiosk", [page], shell(), page, lasting=LASTING))


@require_POST
@for_screen(ScreenKind.KIOSK, is_page=False)
def call_helper(request: HttpRequest, at: AtScreen) -> HttpResponse:
    """A helper comes to this kiosk. Asked again, it is the same call, and the kiosk hears who is on the way."""
    phone = at.market.phone
    key = request.headers.get("Idempotency-Key") or str(uuid.uuid4())
    try:
        check_rate(f"kiosk-help:{at.screen.pk}", most=CALLS, window=CALLS_WINDOW)
        made = call_help(market=at.market, actor=at.actor, call=call_from(at.screen, _what(request), key[:100]))
    except TooOften as no:
        return JsonResponse({"say": sentence(no), "phone": phone}, status=HTTPStatus.TOO_MANY_REQUESTS)
    return JsonResponse({"say": say(made), "phone": phone})


@require_POST
@for_screen(ScreenKind.KIOSK, is_page=False)
def setting(request: HttpRequest, at: AtScreen) -> HttpResponse:
    """Real millimetres, measured with a card on the glass."""
    try:
        mm = told_mm(request.body)
    except ValueError:
        mm = -1
    if mm and not LEAST_MM <= mm <= MOST_MM:
        return JsonResponse({}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    kept = {name: value for name, value in at.screen.setting.items() if name != "mm"}
    facts = ScreenFacts(setting=kept | ({"mm": mm} if mm else {}))
    change_screen(market=at.market, actor=at.actor, screen_id=at.screen.pk, facts=facts)
    return JsonResponse({"mm": mm})


def _what(request: HttpRequest) -> str:
    """What it is about, where the kiosk says so."""
    try:
        told = json.loads(request.body or b"{}")
        what = str(told.get("what", ""))
    except (ValueError, AttributeError):
        what = ""
    return what if what in HelpCall.What.values else HelpCall.What.OTHER
