"""Where gateways that pay out report. Their messages are signed, and still only say what to read again."""

from __future__ import annotations

from functools import partial

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jangteo.domains.markets.models import Market
from jangteo.domains.payments import payout_gateways
from jangteo.domains.payments.payouts_port import ForgedMessage, PayoutHint
from jangteo.domains.settlement.actions.receive_payout_webhook import receive_payout_webhook
from jangteo.domains.settlement.queries_payouts import market_of_hint
from jangteo.faces.api import limits
from jangteo.faces.api.edge import MOST_BYTES, declared_size
from jangteo.faces.api.hearing import answered
from jangteo.kernel.audit import Actor, ActorKind

log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
def payout_hook(request: HttpRequest, name: str) -> HttpResponse:
    """200 for whatever the gateway has signed, 401 for what it has not, 400 for what cannot be read."""
    gateway = payout_gateways.by_name(name)
    if gateway is None:
        return HttpResponse(status=404)
    if declared_size(request) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        hint = gateway.parse_webhook(body=request.body, headers=request.headers)
    except ValueError as wrong:
        log.warning("payout_hook_refused", gateway=name, reason=str(wrong))
        return HttpResponse(status=401 if isinstance(wrong, ForgedMessage) else 400)
    return _heard(request, name, hint)


def _heard(request: HttpRequest, gateway: str, hint: PayoutHint) -> HttpResponse:
    market = market_of_hint(gateway, hint)
    if market is None:
        # The answer that makes a pay-out known here may still be on its way.
        log.info("payout_hook_about_nothing_of_ours", gateway=gateway)
        return HttpResponse()
    return answered(partial(_keep, request, market, gateway, hint))


def _keep(request: HttpRequest, market: Market, gateway: str, hint: PayoutHint) -> None:
    receive_payout_webhook(
        market=market,
        actor=Actor(ActorKind.PROGRAM, f"gateway:{gateway}"),
        gateway=gateway,
        hint=hint,
        body=request.body,
        admit=lambda: limits.HINTS_OF_PAYOUT.count(f"{gateway}:{hint.payout_key or hint.payee_key}"),
    )
