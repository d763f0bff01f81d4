"""The gateway has taken none of a batch, and will not."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.move_run import move_run
from jangteo.domains.settlement.models import LineOutcome, PayoutBatch, SentPayout, SettlementRun, StallPayee
from jangteo.domains.settlement.modes import RunState
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def refuse_batch(*, market: Market, actor: Actor, batch_id: int, code: str) -> None:
    """Its money can be sent anew. When nothing else of the run is on its way, the run is where it was before.

    Its stalls are asked about at the next look, because one of them may be why. Again changes nothing.
    """
    batch = PayoutBatch.objects.get(pk=batch_id)
    run = SettlementRun.objects.select_for_update().get(pk=batch.run_id)
    waiting = SentPayout.objects.filter(batch=batch, state=SentPayout.State.WAITING)
    payees = list(waiting.values_list("payee_id", flat=True))
    if not waiting.update(state=SentPayout.State.REFUSED, failure=code[:100], changed_at=clock.now()):
        return
    StallPayee.objects.filter(pk__in=payees).update(read_at=None)
    audit.record(actor, "settlement.refused", f"run:{run.pk}", answer=code[:100], lines=len(payees))
    others = SentPayout.objects.filter(batch__run=run).exclude(state=SentPayout.State.REFUSED)
    if not others.exists() and not LineOutcome.objects.filter(line__run=run).exists():
        move_run(run=run, from_states=[RunState.EXPORTED], to=RunState.APPROVED)
