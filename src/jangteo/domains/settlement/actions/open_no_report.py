"""Money moved through a gateway on a day, and nothing of the gateway's stands against it."""

from __future__ import annotations

from datetime import date

from jangteo.domains.settlement.gateway_days import NO_REPORT_ABOUT, moved_on
from jangteo.domains.settlement.models import NO_REPORT, Break
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def open_no_report(*, market_id: int, gateway: str, day: date) -> bool:
    """One break for the gateway and day, with what the book says moved; again opens none."""
    _, is_new = Break.objects.get_or_create(
        market_id=market_id,
        about=NO_REPORT_ABOUT,
        kind=NO_REPORT,
        key=f"{gateway}:{day.isoformat()}",
        day=day,
        defaults={"source": gateway, "here_won": moved_on(day).get(gateway, 0), "opened_at": clock.now()},
    )
    return is_new
