"""Where courier companies report. They sign nothing, so a message is only a hint to read an errand again."""

from __future__ import annotations

from functools import partial

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.actions.receive_quick_hint import receive_quick_hint
from jangteo.domains.carriers.queries import call_by_ref
from jangteo.domains.markets.models import Market
from jangteo.faces.api import limits
from jangteo.faces.api.edge import MOST_BYTES, declared_size
from jangteo.faces.api.hearing import answered
from jangteo.kernel.audit import Actor, ActorKind

log = structlog.get_logger(__name__)


@csrf_exempt
@require_http_methods(["PUT", "POST"])
def quick_hook(request: HttpRequest, name: str, ref: str, event: str) -> HttpResponse:
    """200 whether or not there is such an errand, so that nobody learns which there are."""
    courier = outside.quick()
    if courier is None or courier.name != name:
        return HttpResponse(status=404)
    if declared_size(request) > MOST_BYTES:
        return HttpResponse(status=413)
    return answered(partial(_hear, request, name, ref, event))


def _hear(request: HttpRequest, name: str, ref: str, event: str) -> None:
    """Raises TooOften, of an address that tells of strange errands or of one errand told too often."""
    found = call_by_ref(ref)
    if found is None or found[1] != name:
        limits.STRANGE_HOOKS.count(limits.address(request))
        log.warning("hook_about_nothing_of_ours", gateway=name)
        return
    _keep(request, found[0], name, ref, event)


def _keep(request: HttpRequest, market: Market, name: str, ref: str, event: str) -> None:
    receive_quick_hint(
        market=market,
        actor=Actor(ActorKind.PROGRAM, f"courier:{name}"),
        ref=ref,
        event=event,
        body=request.body,
        admit=lambda: limits.HINTS_OF_ERRAND.count(ref),
    )
