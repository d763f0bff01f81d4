"""어르신 옆에서: what to say and press, a step a screen."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jangteo.faces._parts.devices import AtOffice, for_helper
from jangteo.faces.helper.pages import page
from jangteo.faces.helper.scripts import guides as all_guides


@require_safe
@for_helper
def guides(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Every script."""
    return page(request, at, "guides", guides=list(all_guides().values()))


@require_safe
@for_helper
def guide(request: HttpRequest, at: AtOffice, name: str) -> HttpResponse:
    """One step of one script: `?step=2`. A step that there is not is the nearest."""
    found = all_guides().get(name)
    if found is None:
        raise Http404
    asked = request.GET.get("step", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 1
    number = min(max(number, 1), len(found.steps))
    facts = {"before": number - 1, "after": number + 1 if number < len(found.steps) else 0}
    return page(request, at, "guide", guide=found, number=number, step=found.steps[number - 1], **facts)
