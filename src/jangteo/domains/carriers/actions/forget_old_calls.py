"""Where errands went is forgotten when its time is over."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.states import QUICK_IS_OVER
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_old_calls(*, market: Market, actor: Actor, before: datetime) -> int:
    """Of errands that are over; what they cost stays for the books. How many."""
    over = QuickCall.objects.filter(changed_at__lt=before, state__in=QUICK_IS_OVER).exclude(address="")
    gone = over.update(address="", detail="", note="", lat_micro=None, lng_micro=None)
    if gone:
        audit.record(actor, "quick.forgotten", f"market:{market.pk}", calls=gone)
    return gone
