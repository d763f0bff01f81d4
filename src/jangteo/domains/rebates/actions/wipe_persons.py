"""What was kept of people goes when an event's retention is over."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_rebate import lock_rebate
from jangteo.domains.rebates.models import RebatePerson, TableReceipt
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def wipe_persons(*, market: Market, actor: Actor, event_id: int) -> int:
    """Nobody can be told again; sums and the number of people stay. How many were wiped."""
    event = lock_rebate(event_id=event_id)
    if event.wiped_at is not None:
        return 0
    gone = Concat(Value("wiped:"), Cast(F("pk"), models.CharField()))
    wiped = RebatePerson.objects.filter(event=event).update(digest=gone, shown="")
    TableReceipt.objects.filter(visit__event=event).delete()
    event.wiped_at = clock.now()
    event.save(update_fields=["wiped_at"])
    audit.record(actor, "rebate.wiped", f"rebate:{event.pk}", people=wiped)
    return wiped
