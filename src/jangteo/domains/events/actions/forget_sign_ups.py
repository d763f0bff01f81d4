"""Names and numbers of those who came go when they are needed no more."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.events.models import SignUp
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_sign_ups(*, market: Market, actor: Actor, before: datetime) -> int:
    """Of events that ended before a moment; how many came stays. How many were forgotten."""
    over = SignUp.objects.filter(event__ends_at__lt=before).exclude(phone="")
    rows = list(over.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.name = row.phone = ""
    SignUp.objects.bulk_update(rows, ["name", "phone"])
    if rows:
        audit.record(actor, "event.forgotten", f"market:{market.pk}", people=len(rows))
    return len(rows)
