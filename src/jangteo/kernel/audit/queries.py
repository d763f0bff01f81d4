"""The log as people read it, newest first."""

from __future__ import annotations

from datetime import datetime

from jangteo.kernel.models import AuditRow
from jangteo.kernel.tenancy import current


def audit_rows(before_id: int | None = None, most: int = 50) -> list[AuditRow]:
    """Rows of the market in scope, newest first; `before_id` continues where a page ended."""
    rows = AuditRow.objects.filter(market_id=current().market_id).order_by("-pk")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows[:most])


def acts_for(for_ref: str, since: datetime, most: int = 50) -> list[AuditRow]:
    """What was done for somebody ("stall:7") by others in the market in scope, newest first."""
    rows = AuditRow.objects.filter(market_id=current().market_id, for_ref=for_ref, at__gte=since)
    return list(rows.order_by("-pk")[:most])
