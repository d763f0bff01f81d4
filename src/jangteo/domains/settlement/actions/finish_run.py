"""A run's period agrees with the outside: nothing of it is open any more."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.move_run import move_run
from jangteo.domains.settlement.errors import BreaksOpen
from jangteo.domains.settlement.models import Break, SettlementRun
from jangteo.domains.settlement.modes import Mode, RunState
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def finish_run(*, market: Market, actor: Actor, run_id: int) -> SettlementRun:
    """From paid, or from approved where nothing is to be paid by anybody here. Again changes nothing.

    Raises BreaksOpen with breaks of the period, RunMoved, SettlementRun.DoesNotExist.
    """
    run = SettlementRun.objects.select_for_update().get(pk=run_id)
    if run.state == RunState.RECONCILED:
        return run
    count = Break.objects.filter(state=Break.State.OPEN, day__gte=run.first, day__lte=run.last).count()
    if count:
        raise BreaksOpen(count=count)
    ends = [RunState.PAID, RunState.PART_RETURNED]
    if run.mode == Mode.OWN_CONTRACT or not run.payout_won:
        ends = [RunState.APPROVED]
    move_run(run=run, from_states=ends, to=RunState.RECONCILED)
    audit.record(actor, "settlement.reconciled", f"run:{run.pk}")
    return run
