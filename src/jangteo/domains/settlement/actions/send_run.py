"""Have the gateway pay a run."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.markets.models import Market
from jangteo.domains.payments import payout_gateways
from jangteo.domains.payments.payouts_port import MOST_PAYOUTS
from jangteo.domains.settlement.actions.move_run import move_run
from jangteo.domains.settlement.business_days import BankDays, korean_date
from jangteo.domains.settlement.errors import (
    MoneyElsewhere,
    NoPayoutGateway,
    NothingToPay,
    PayeeNotReady,
    RunMoved,
)
from jangteo.domains.settlement.models import (
    PayoutBatch,
    PayoutFile,
    SentPayout,
    SettlementLine,
    SettlementRun,
)
from jangteo.domains.settlement.modes import Mode, RunState
from jangteo.domains.settlement.queries_payouts import elsewhere, payees_of, unready, unsent
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit


@action
def send_run(*, market: Market, actor: Actor, run_id: int, ready_only: bool = False) -> SettlementRun:
    """Write down every pay-out and queue the calls that ask for them; again changes nothing.

    What the gateway has refused is asked for anew. All stalls must be payable, or none is paid; with `ready_only` those
    that are not stay for another call. Raises NoPayoutGateway, MoneyElsewhere, PayeeNotReady, NothingToPay, RunMoved,
    SettlementRun.DoesNotExist.
    """
    run = SettlementRun.objects.select_for_update().get(pk=run_id)
    was_sent = PayoutBatch.objects.filter(run=run).exists()
    if PayoutFile.objects.filter(run=run).exists() or not (was_sent or run.state == RunState.APPROVED):
        raise RunMoved(state=run.state)
    gateway = payout_gateways.chosen()
    if run.mode != Mode.GATEWAY_PAYS or not gateway:
        raise NoPayoutGateway
    lines = list(unsent(run))
    if not lines and was_sent:
        return run
    lines = _payable(run, lines, gateway, ready_only=ready_only)
    if run.state == RunState.APPROVED:
        move_run(run=run, from_states=[RunState.APPROVED], to=RunState.EXPORTED)
    for start in range(0, len(lines), MOST_PAYOUTS):
        _queue(run, lines[start : start + MOST_PAYOUTS], gateway, actor)
    won = sum(line.payout_won for line in lines)
    audit.record(actor, "settlement.sent", f"run:{run.pk}", lines=len(lines), payout_won=won)
    return run


def _payable(
    run: SettlementRun, lines: Sequence[SettlementLine], gateway: str, *, ready_only: bool
) -> list[SettlementLine]:
    if not lines:
        raise NothingToPay
    other = elsewhere(run, lines, gateway)
    if other:
        raise MoneyElsewhere(gateway=other)
    missing = unready(lines, gateway)
    if missing and (not ready_only or len(missing) == len(lines)):
        raise PayeeNotReady(stall=missing[0].line.stall.name, count=len(missing))
    waits = {one.line.pk for one in missing}
    return [line for line in lines if line.pk not in waits]


def _queue(run: SettlementRun, lines: Sequence[SettlementLine], gateway: str, actor: Actor) -> None:
    """One call. It is for the next bank day: until then it can be called back, and it is found under that day."""
    moment = clock.now()
    batch = PayoutBatch.objects.create(
        market_id=run.market_id,
        run=run,
        gateway=gateway,
        # By chance, because a gateway remembers keys longer than a database that was made anew.
        key=f"payouts:{ids.new_token()}",
        pay_on=BankDays().next(korean_date(moment)),
        made_by=actor.ref,
        made_at=moment,
    )
    payees = payees_of([line.stall_id for line in lines], gateway)
    SentPayout.objects.bulk_create(
        SentPayout(
            market_id=run.market_id,
            batch=batch,
            line=line,
            payee=payees[line.stall_id],
            ref=f"po-{ids.new_token()}",
            amount_won=line.payout_won,
            changed_at=moment,
        )
        for line in lines
    )
    emit("payout.send", key=batch.key, batch_id=batch.pk)
