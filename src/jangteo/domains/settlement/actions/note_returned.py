"""The bank has sent one stall's money back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.end_payout import end_payout
from jangteo.domains.settlement.actions.note_outcome import MOST_REASON, note_outcome
from jangteo.domains.settlement.errors import GatewayAnswers, NoteMissing, RunMoved
from jangteo.domains.settlement.models import LineOutcome, SentPayout, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import SENT
from jangteo.domains.settlement.payout_models import ON_THE_WAY
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_returned(*, market: Market, actor: Actor, line_id: int, reason: str) -> SettlementLine:
    """It is the stall's again and in the next run. Once; the first reason stays.

    Raises RunMoved, NoteMissing without the bank's reason, GatewayAnswers as long as a gateway has not said how its
    pay-out ended, SettlementLine.DoesNotExist.
    """
    line = SettlementLine.objects.get(pk=line_id)
    run = SettlementRun.objects.select_for_update().get(pk=line.run_id)
    if LineOutcome.objects.filter(line=line, outcome=LineOutcome.Outcome.RETURNED).exists():
        return line
    if run.state not in SENT or not line.payout_won:
        raise RunMoved(state=run.state)
    if SentPayout.objects.filter(line=line, state__in=ON_THE_WAY).exists():
        raise GatewayAnswers
    if not reason.strip():
        raise NoteMissing(most=MOST_REASON)
    note_outcome(run=run, line=line, reason=reason, actor=actor)
    end_payout(run=run, actor=actor)
    return line
