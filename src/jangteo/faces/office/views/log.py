"""The audit log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jangteo.faces._parts.devices import AtOffice, for_office
from jangteo.faces.office.entries import entries
from jangteo.faces.office.pages import page
from jangteo.kernel.audit.queries import audit_rows

PAGE_SIZE = 50
NUMBER_DIGITS = 18


@require_safe
@for_office
def log(request: HttpRequest, at: AtOffice) -> HttpResponse:
    """Newest first, fifty at a time."""
    before = request.GET.get("before", "")
    before_id = int(before) if before.isascii() and before.isdigit() and len(before) <= NUMBER_DIGITS else None
    rows = audit_rows(before_id, PAGE_SIZE + 1)
    older = rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None
    return page(request, at, "log", entries=entries(rows[:PAGE_SIZE]), older=older, is_first=before_id is None)
