"""A number's turn at the desk: first its event, then itself."""

from __future__ import annotations

from jangteo.domains.rebates.actions.lock_rebate import lock_rebate
from jangteo.domains.rebates.errors import VisitOver
from jangteo.domains.rebates.models import RebateEvent, RebateVisit
from jangteo.kernel.action import step

OPEN = (RebateVisit.State.WAITING, RebateVisit.State.CALLED, RebateVisit.State.MISSED)


@step
def lock_visit(*, visit_id: int, is_open: bool = False) -> tuple[RebateEvent, RebateVisit]:
    """Both, locked. Raises RebateVisit.DoesNotExist; with `is_open` also VisitOver."""
    event_id = RebateVisit.objects.values_list("event_id", flat=True).get(pk=visit_id)
    event = lock_rebate(event_id=event_id)
    visit = RebateVisit.objects.select_for_update(of=("self",)).get(pk=visit_id)
    if is_open and visit.state not in OPEN:
        raise VisitOver
    visit.event = event
    return event, visit
