"""What has to hold of a receipt before it lies on a table."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from jangteo.domains.rebates.errors import ReceiptTooOld, ReceiptUsed
from jangteo.domains.rebates.models import CountedReceipt, RebateEvent
from jangteo.domains.rebates.purchases import counted_since
from jangteo.kernel import clock


def check_bought(event: RebateEvent, bought_at: datetime) -> None:
    """Raises ReceiptTooOld for another day than counts, and for what lies ahead."""
    now = clock.now()
    if not counted_since(event, now) <= bought_at <= clock.day_bounds(clock.business_day(now))[1]:
        raise ReceiptTooOld(day=clock.business_day(bought_at).isoformat())


def check_unused(keys: Collection[str]) -> None:
    """Raises ReceiptUsed when one of them was counted before, with the first time that was."""
    used = CountedReceipt.objects.filter(key__in=keys, freed_at=None).order_by("pk").first()
    if used is not None:
        there = used.at.astimezone(clock.KST)
        raise ReceiptUsed(day=there.date().isoformat(), time=f"{there:%H:%M}")
