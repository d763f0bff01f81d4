"""A gateway's report of some days stands against the book."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jangteo.domains.settlement.models import NO_REPORT, Break, GatewayDay
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import SYSTEM

REPORT_CAME = "report_came"


@step
def note_compared(*, market_id: int, gateway: str, days: Iterable[date]) -> None:
    """Write it down, and solve the breaks that said there was none."""
    moment = clock.now()
    compared = set(days)
    GatewayDay.objects.bulk_create(
        [
            GatewayDay(market_id=market_id, gateway=gateway, day=day, compared_at=moment, tried_at=moment)
            for day in sorted(compared)
        ],
        update_conflicts=True,
        unique_fields=["market", "gateway", "day"],
        update_fields=["compared_at", "trouble", "left", "tried_at"],
    )
    Break.objects.filter(kind=NO_REPORT, source=gateway, day__in=compared, state=Break.State.OPEN).update(
        state=Break.State.SOLVED, note=REPORT_CAME, solved_by=SYSTEM.ref, solved_at=moment
    )
