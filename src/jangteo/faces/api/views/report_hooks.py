"""Where those who carry texts say that something arrived: a hint to ask them, as is done every few minutes anyway."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.actions.ask_reports import ask_reports
from jangteo.domains.campaigns.ports import ForgedReports
from jangteo.domains.campaigns.queries import markets_of_dispatches
from jangteo.faces.api.edge import declared_size
from jangteo.kernel.audit import Actor, ActorKind

# A report holds its whole text, and many come at once.
MOST_BYTES = 1_000_000

log = structlog.get_logger(__name__)


@csrf_exempt
@require_POST
def report_hook(request: HttpRequest, name: str) -> HttpResponse:
    """200 for what carries the sender's secret, told before or not; 401 for what does not, 400 for no report."""
    letters = outside.current().letters
    if letters is None or letters.name != name:
        return HttpResponse(status=404)
    if declared_size(request) > MOST_BYTES:
        return HttpResponse(status=413)
    try:
        told = letters.told(body=request.body, headers=request.headers)
    except ValueError as wrong:
        log.warning("report_hook_refused", sender=name, reason=str(wrong))
        return HttpResponse(status=401 if isinstance(wrong, ForgedReports) else 400)
    _ask(name, told)
    return HttpResponse()


def _ask(sender: str, keys: list[str]) -> None:
    """Codes to sign in by are sent by the same account: what no market has sent as a message is passed over."""
    by = Actor(ActorKind.PROGRAM, f"sender:{sender}")
    for market in markets_of_dispatches(keys):
        ask_reports(market=market, actor=by)
