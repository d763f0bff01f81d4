"""Names and numbers of those who came go when they are needed no more."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.events.models import SignUp
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

KEPT = timedelta(days=30)


@action
def forget_sign_ups(*, market: Market, actor: Actor) -> int:
    """Of events that ended a month ago; how many came stays. How many were forgotten."""
    over = SignUp.objects.filter(event__ends_at__lt=clock.now() - KEPT).exclude(phone="")
    rows = list(over.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.name = row.phone = ""
    SignUp.objects.bulk_update(rows, ["name", "phone"])
    if rows:
        audit.record(actor, "event.forgotten", f"market:{market.pk}", people=len(rows))
    return len(rows)
