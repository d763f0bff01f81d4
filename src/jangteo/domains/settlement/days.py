"""Closed days of the book, and whether they still are what they were."""

from __future__ import annotations

from jangteo.domains.ledger.closing import Closing, changed_closings
from jangteo.domains.ledger.invariants import Breach
from jangteo.domains.settlement.billing import midnight_after
from jangteo.domains.settlement.models import DayClose


def changed_days() -> list[Breach]:
    """Closed days in scope whose book is another now. Empty when all is well."""
    rows = DayClose.objects.order_by("pk")
    return changed_closings(Closing(row.market_id, midnight_after(row.day), row.digest) for row in rows)
