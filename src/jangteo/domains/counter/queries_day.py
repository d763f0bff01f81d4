"""What stalls took at their counters in a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q, Sum

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState


def taken_in(stall_id: int, spans: Sequence[tuple[datetime, datetime]]) -> list[int]:
    """Won that a stall took in each span [start, end), less what it has given back of it since; one query."""
    sums = {
        f"span{place}": Sum(
            F("amount_won") - F("refunded_won"), filter=Q(paid_at__gte=start, paid_at__lt=end), default=0
        )
        for place, (start, end) in enumerate(spans)
    }
    sales = CounterSale.objects.filter(stall_id=stall_id, state__in=[SaleState.PAID, SaleState.REFUNDED])
    found = sales.filter(paid_at__gte=min(start for start, _ in spans)).aggregate(**sums)
    return [int(found[name]) for name in sums]
