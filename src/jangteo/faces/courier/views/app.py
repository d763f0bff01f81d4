"""The courier's phone without a network: its worker, and the presses it has kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jangteo.domains.rounds.actions.press_stop import press_stop
from jangteo.domains.rounds.models import Stop
from jangteo.faces._parts.devices import AtOffice, for_courier
from jangteo.faces._parts.offline import Kept, with_imports, worker_script
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.courier.pages import page
from jangteo.faces.courier.told import told_press
from jangteo.kernel.errors import Refused

FILES = (
    *(f"css/{name}.css" for name in ("tokens", "base", "parts", "asks")),
    "courier/courier.css",
    "favicon.svg",
    "icons.svg",
)
SCRIPTS = ("js/base.js", "courier/courier.js")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Anybody may read how it works; the pages that it keeps are asked for with the phone's own cookie."""
    pages = [reverse(f"courier:{name}") for name in ("today", "pay", "offline")]
    return worker_script(Kept("courier", pages, (*FILES, *with_imports(*SCRIPTS)), reverse("courier:offline")))


@require_safe
@for_courier
def offline(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """In place of a page that was never opened on this phone."""
    return page(request, at, "offline")


@require_safe
@for_courier
def way_in(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """What the phone's next sending has to carry: a page from its own shelf does not know."""
    return JsonResponse({"courier": at.device.pk, "csrf": get_token(request)})


@require_POST
@for_courier
def told(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """One press, made now or hours ago; the same one again changes nothing."""
    try:
        press = told_press(request.body)
        row = press_stop(market=at.market, actor=at.actor, courier_id=at.device.pk, press=press)
    except Refused as no:
        return JsonResponse({"code": no.code, "sentence": str(sentence(no))}, status=409)
    except Stop.DoesNotExist:
        return JsonResponse({"code": "rounds.not_yours"}, status=404)
    return JsonResponse({"stop": row.pk, "state": row.state})
