"""When the bank has answered for every line, the run is paid, or some of it came back."""

from __future__ import annotations

from jangteo.domains.settlement.actions.move_run import move_run
from jangteo.domains.settlement.models import LineOutcome, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import SENT, RunState
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def end_payout(*, run: SettlementRun, actor: Actor) -> None:
    """While lines are unanswered the run stays where it is."""
    to_pay = SettlementLine.objects.filter(run=run, payout_won__gt=0)
    if to_pay.filter(outcomes=None).exists():
        return
    came_back = to_pay.filter(outcomes__outcome=LineOutcome.Outcome.RETURNED).count()
    to = RunState.PART_RETURNED if came_back else RunState.PAID
    if run.state == to:
        return
    move_run(run=run, from_states=SENT, to=to)
    audit.record(actor, "settlement.paid", f"run:{run.pk}", lines=to_pay.count() - came_back)
