"""A number is called again, passed over, taken back into the queue, or given up."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_visit import lock_visit
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.errors import VisitOver
from jangteo.domains.rebates.models import RebateVisit
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

S = RebateVisit.State
# Where each may go. What was paid stays done: its way back is to undo the payout.
WAYS = {
    S.WAITING: frozenset({S.CALLED, S.LEFT}),
    S.CALLED: frozenset({S.CALLED, S.WAITING, S.MISSED, S.DONE, S.LEFT}),
    S.MISSED: frozenset({S.CALLED, S.LEFT}),
    S.LEFT: frozenset({S.WAITING}),
    S.DONE: frozenset({S.CALLED}),
}


@action
def move_visit(*, market: Market, actor: Actor, visit_id: int, state: RebateVisit.State) -> RebateVisit:
    """Raises VisitOver where that way does not lead. Called anew it is called out again."""
    event, visit = lock_visit(visit_id=visit_id)
    if state not in WAYS[S(visit.state)]:
        raise VisitOver
    over = state in (S.DONE, S.LEFT)
    visit.state, visit.ended_at = state, clock.now() if over else None
    if state == S.CALLED:
        visit.called_at = clock.now()
    if over:
        visit.phone, visit.told = "", ""
    visit.save(update_fields=["state", "ended_at", "called_at", "phone", "told"])
    audit.record(actor, f"rebate.visit_{state.value}", f"rebate:{event.pk}", number=visit.number)
    tell_desk(event=event, board=True)
    return visit
