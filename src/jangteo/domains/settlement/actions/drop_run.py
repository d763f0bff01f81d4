"""A run that is not right is thrown away before it is approved; its period is open again."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.move_run import move_run
from jangteo.domains.settlement.models import SettlementRun
from jangteo.domains.settlement.modes import NOT_APPROVED, RunState
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def drop_run(*, market: Market, actor: Actor, run_id: int) -> SettlementRun:
    """Nothing was booked for it yet. Again changes nothing. Raises RunMoved, SettlementRun.DoesNotExist."""
    run = SettlementRun.objects.select_for_update().get(pk=run_id)
    if run.state == RunState.DROPPED:
        return run
    move_run(run=run, from_states=NOT_APPROVED, to=RunState.DROPPED)
    audit.record(actor, "settlement.dropped", f"run:{run.pk}")
    return run
