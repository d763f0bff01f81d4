"""Which gateways moved money on a day, and whether what they report of it was held against the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Exists, OuterRef, Q

from jangteo.domains.payments.models import Payment
from jangteo.domains.settlement.billing import midnight_after
from jangteo.domains.settlement.bills import GATEWAY
from jangteo.domains.settlement.gateway_book import any_lines_between, lines_between
from jangteo.domains.settlement.models import NO_REPORT, Break, DayClose, GatewayDay
from jangteo.domains.settlement.sales import ORDER
from jangteo.kernel import clock

# Half-hourly tries for a whole day; then somebody has to look after it.
PATIENCE = timedelta(days=1)
NO_REPORT_ABOUT = "gateway_report"


@dataclass(frozen=True, slots=True)
class Questions:
    """Payments that a gateway is asked about next, and how many are left after them."""

    payments: Sequence[Payment]
    left: int


def moved_on(day: date) -> dict[str, int]:
    """Won by gateway that the book says moved on a Korean calendar day, refunds off; a gateway without any is not in
    it."""
    sums: dict[str, int] = {}
    for row in any_lines_between(clock.korean(day, time(0)), midnight_after(day)):
        gateway = row.account.removeprefix(f"{GATEWAY}:")
        sums[gateway] = sums.get(gateway, 0) + row.amount_won
    return sums


def uncompared(day: date) -> list[str]:
    """Gateways whose report of the day should stand against the book, does not, and has nobody who looks after it."""
    tried = dict(GatewayDay.objects.filter(day=day).values_list("gateway", "compared_at"))
    cared_for = Break.objects.filter(~Q(owner="") | Q(state=Break.State.SOLVED), kind=NO_REPORT, day=day)
    settled = {gateway for gateway, at in tried.items() if at is not None} | set(
        cared_for.values_list("source", flat=True)
    )
    return sorted((moved_on(day).keys() | tried.keys()) - settled)


def waiting_reports() -> list[GatewayDay]:
    """Days that are not closed and whose report was tried for and is not all there, oldest first."""
    closed = DayClose.objects.filter(day=OuterRef("day"))
    return list(GatewayDay.objects.filter(~Exists(closed), compared_at=None).order_by("day", "gateway"))


def questions(gateway: str, day: date, most: int) -> Questions | None:
    """What to ask a gateway without lists about a day: payments that moved money on it, and those that began on it,
    because one of them may have been taken without our knowing. None once all of them were asked."""
    state = GatewayDay.objects.filter(gateway=gateway, day=day).first()
    if state is not None and state.compared_at is not None:
        return None
    since, until = clock.korean(day, time(0)), midnight_after(day)
    causes = lines_between(gateway, since, until).values_list("entry__cause", flat=True)
    refs = {cause.removeprefix(ORDER) for cause in causes}
    about = Q(order_ref__in=refs) | Q(created_at__gte=since, created_at__lt=until)
    payments = Payment.objects.filter(about, gateway=gateway, payment_key__isnull=False)
    left = list(payments.filter(pk__gt=state.asked_to if state else 0).order_by("pk"))
    return Questions(left[:most], len(left[most:]))
