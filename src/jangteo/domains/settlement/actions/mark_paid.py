"""The bank has carried a run out."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.end_payout import end_payout
from jangteo.domains.settlement.actions.note_outcome import note_outcome
from jangteo.domains.settlement.errors import GatewayAnswers, RunMoved
from jangteo.domains.settlement.models import SentPayout, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import RunState
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

OVER = (RunState.PAID, RunState.PART_RETURNED)


@action
def mark_paid(*, market: Market, actor: Actor, run_id: int) -> SettlementRun:
    """Every line that the bank has said nothing about is paid. Again changes nothing.

    Raises RunMoved, GatewayAnswers for what a gateway was asked to pay, SettlementRun.DoesNotExist.
    """
    run = SettlementRun.objects.select_for_update().get(pk=run_id)
    if run.state in OVER:
        return run
    if run.state != RunState.EXPORTED:
        raise RunMoved(state=run.state)
    if SentPayout.objects.filter(batch__run=run).exclude(state=SentPayout.State.REFUSED).exists():
        raise GatewayAnswers
    for line in SettlementLine.objects.filter(run=run, payout_won__gt=0, outcomes=None).order_by("pk"):
        note_outcome(run=run, line=line, reason=None, actor=actor)
    end_payout(run=run, actor=actor)
    return run
