"""Orders out of a kiosk's outbox."""

from __future__ import annotations

import logging
from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from jangteo.domains.devices.models import ScreenKind
from jangteo.domains.helping.actions.call_help import call_help
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.ordering.actions.place_kiosk_order import place_kiosk_order
from jangteo.domains.ordering.errors import OrderingRefused
from jangteo.domains.ordering.kiosk import ToldOrder
from jangteo.faces._parts.screens import AtScreen, for_screen
from jangteo.faces._parts.words.errors import sentence
from jangteo.faces.kiosk.calling import call_from
from jangteo.faces.kiosk.told import told_order
from jangteo.kernel.errors import Refused
from jangteo.kernel.idempotency import KeyBusy
from jangteo.kernel.limits import TooOften, check_rate

log = logging.getLogger(__name__)
# A day's orders leave within minutes once the network is back. More than that no row of people can order.
ORDERS, ORDERS_WINDOW = 120, timedelta(minutes=10)


@require_POST
@for_screen(ScreenKind.KIOSK, is_page=False)
def orders(request: HttpRequest, at: AtScreen) -> HttpResponse:
    """One order. What is answered with 429 or 503 the outbox sends again later."""
    try:
        check_rate(f"kiosk:{at.screen.pk}", most=ORDERS, window=ORDERS_WINDOW)
        return JsonResponse(_placed(at, told_order(request.body), request.headers.get("Idempotency-Key", "")))
    except TooOften:
        return JsonResponse({}, status=HTTPStatus.TOO_MANY_REQUESTS)
    except KeyBusy:
        return JsonResponse({}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    except Refused as no:
        log.info("kiosk order refused: %s", no)
        return JsonResponse({"code": no.code, "sentence": sentence(no)}, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _placed(at: AtScreen, told: ToldOrder, key: str) -> dict[str, object]:
    """What the kiosk is told. Where nothing can be made of it and its customer goes round, a helper looks for them."""
    try:
        placed = place_kiosk_order(market=at.market, actor=at.actor, screen=at.screen, told=told, key=key)
    except OrderingRefused:
        if told.is_late:
            call = call_from(at.screen, HelpCall.What.ORDERS, f"lost:{key}"[:100], who=told.ticket[:40])
            call_help(market=at.market, actor=at.actor, call=call)
        raise
    return {name: value for name, value in placed.as_json().items() if name != "order_id"}
