"""Somebody has looked through a run's statements."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.move_run import move_run
from jangteo.domains.settlement.models import SettlementRun
from jangteo.domains.settlement.modes import RunState
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def review_run(*, market: Market, actor: Actor, run_id: int) -> SettlementRun:
    """The statements are right; two people may approve. Again changes nothing.

    Raises RunMoved, SettlementRun.DoesNotExist.
    """
    run = SettlementRun.objects.select_for_update().get(pk=run_id)
    if run.state == RunState.REVIEWED:
        return run
    run.reviewed_by = actor.ref
    move_run(run=run, from_states=[RunState.CLOSED], to=RunState.REVIEWED)
    audit.record(actor, "settlement.reviewed", f"run:{run.pk}")
    return run
