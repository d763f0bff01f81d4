"""Where gateways report. A message is only a hint to read a payment again: nothing it says is believed."""

from __future__ import annotations

from functools import partial

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jangteo.domains.markets.models import Market
from jangteo.domains.payments import gateways
from jangteo.domains.payments.actions.receive_webhook import receive_webhook
from jangteo.domains.payments.ports import CardGateway, Hint
from jangteo.domains.payments.queries import market_of_payment
from jangteo.faces.api import limits
from jangteo.faces.api.edge import MOST_BYTES, declared_size
from jangteo.faces.api.hearing import answered
from jangteo.kernel.audit import Actor, ActorKind

log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
def hook(request: HttpRequest, name: str) -> HttpResponse:
    """200 for whatever is well-formed, known or not, so that nobody learns which payments exist."""
    gateway = gateways.by_name(name)
    if gateway is None:
        return HttpResponse(status=404)
    if declared_size(request) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        hint = gateway.parse_webhook(body=request.body, headers=request.headers)
    except ValueError as malformed:
        log.warning("hook_malformed", gateway=name, reason=str(malformed))
        return HttpResponse(status=400)
    return answered(partial(_hear, request, gateway, hint))


def _hear(request: HttpRequest, gateway: CardGateway, hint: Hint) -> None:
    """Raises TooOften, of an address that tells of strange payments or of one payment told too often."""
    market = market_of_payment(hint.order_ref) if hint.order_ref else None
    if market is None:
        limits.STRANGE_HOOKS.count(limits.address(request))
        log.warning("hook_about_nothing_of_ours", gateway=gateway.name)
    else:
        _keep(request, market, gateway.name, hint)


def _keep(request: HttpRequest, market: Market, gateway: str, hint: Hint) -> None:
    receive_webhook(
        market=market,
        actor=Actor(ActorKind.PROGRAM, f"gateway:{gateway}"),
        source=gateway,
        hint=hint,
        body=request.body,
        admit=lambda: limits.HINTS_OF_ORDER.count(str(hint.order_ref)),
    )
