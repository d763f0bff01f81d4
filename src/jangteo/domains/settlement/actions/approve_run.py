"""A person says yes to a run; the second one releases it."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.actions.move_run import move_run
from jangteo.domains.settlement.actions.pay_line import pay_line
from jangteo.domains.settlement.actions.post_statement import post_statement
from jangteo.domains.settlement.approvers import check_approver, still_counting
from jangteo.domains.settlement.errors import RunMoved, SamePerson
from jangteo.domains.settlement.models import Approval, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import Mode, RunState
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

APPROVALS = 2


@action
def approve_run(*, market: Market, actor: Actor, run_id: int) -> SettlementRun:
    """Keep the yes. With the second, fees and what is carried over are booked; with own contracts all is said then.

    A yes of a device that was shut out meanwhile no longer counts. Raises NotApprover for all but managers, SamePerson
    for a second yes of the same one, RunMoved, SettlementRun.DoesNotExist.
    """
    check_approver(actor)
    run = SettlementRun.objects.select_for_update().get(pk=run_id)
    if run.state != RunState.REVIEWED:
        raise RunMoved(state=run.state)
    if Approval.objects.filter(run=run, actor_ref=actor.ref).exists():
        raise SamePerson
    Approval.objects.create(market=market, run=run, actor_ref=actor.ref, at=clock.now())
    audit.record(actor, "settlement.approved", f"run:{run.pk}", payout_won=run.payout_won)
    said = Approval.objects.filter(run=run).values_list("actor_ref", flat=True)
    if len(still_counting(said)) < APPROVALS:
        return run
    move_run(run=run, from_states=[RunState.REVIEWED], to=RunState.APPROVED)
    for line in SettlementLine.objects.filter(run=run).order_by("pk"):
        post_statement(run=run, line=line, actor=actor)
        if run.mode == Mode.OWN_CONTRACT:
            pay_line(run=run, line=line, actor=actor)
    return run
