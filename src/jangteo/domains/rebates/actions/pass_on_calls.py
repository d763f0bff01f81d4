"""Whose turn it is, or soon will be, is handed to whoever tells it."""

from __future__ import annotations

from jangteo.domains.rebates.models import RebateEvent, RebateVisit
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.outbox import emit

S = RebateVisit.State
# So far ahead it is still time to walk to the desk from anywhere in the market.
SOON = 3


@step
def pass_on_calls(*, event: RebateEvent) -> None:
    """Queue one message for each of today's called numbers and the next few that asked for it. The event is locked."""
    rows = RebateVisit.objects.filter(event=event, day=clock.business_day(clock.now()))
    called = rows.filter(state=S.CALLED).exclude(phone="").filter(told="")
    soon = [one for one in rows.filter(state=S.WAITING).order_by("number")[:SOON] if one.phone and not one.told]
    for visit in [*called, *soon]:
        visit.told, visit.tellings = RebateVisit.Told.QUEUED, visit.tellings + 1
        visit.save(update_fields=["told", "tellings"])
        emit("rebate.tell", key=f"rebate.tell:{visit.pk}:{visit.tellings}", visit_id=visit.pk, telling=visit.tellings)
