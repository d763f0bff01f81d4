"""Where those who carry texts report what arrived. The same is fetched every few minutes, so nothing hangs on it."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jangteo.domains.campaigns import outside
from jangteo.domains.campaigns.actions.note_arrivals import note_arrivals
from jangteo.domains.campaigns.ports import ForgedReports, Report
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
    _keep(name, told)
    return HttpResponse()


def _keep(sender: str, told: list[Report]) -> None:
    """Codes to sign in by and notices are sent by the same account: what no campaign has sent is passed over."""
    by = Actor(ActorKind.PROGRAM, f"sender:{sender}")
    for market in markets_of_dispatches([one.key for one in told]):
        note_arrivals(market=market, actor=by, reports=told)
