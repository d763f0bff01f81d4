"""The file for the bank."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.settlement.accounts import payout_line
from jangteo.domains.settlement.actions.move_run import move_run
from jangteo.domains.settlement.bankfiles.layouts import layouts
from jangteo.domains.settlement.bankfiles.writing import Format, write_payout
from jangteo.domains.settlement.billing import terms_of
from jangteo.domains.settlement.errors import NoPayoutFile
from jangteo.domains.settlement.models import PayoutFile, SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import Mode, RunState
from jangteo.domains.settlement.stall_accounts import account_of
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def export_run(*, market: Market, actor: Actor, run_id: int) -> PayoutFile:
    """Make the file once; asked again, the same bytes come back, whatever has changed since.

    Raises NoPayoutFile with own contracts, AccountMissing, NothingToPay, RunMoved, SettlementRun.DoesNotExist.
    """
    run = SettlementRun.objects.select_for_update().get(pk=run_id)
    made = PayoutFile.objects.filter(run=run).first()
    if made is not None:
        return made
    if run.mode == Mode.OWN_CONTRACT:
        raise NoPayoutFile
    move_run(run=run, from_states=[RunState.APPROVED], to=RunState.EXPORTED)
    file = _write(market, run, actor)
    audit.record(actor, "settlement.exported", f"run:{run.pk}", lines=file.count, payout_won=file.total_won)
    return file


def _write(market: Market, run: SettlementRun, actor: Actor) -> PayoutFile:
    lines = list(SettlementLine.objects.filter(run=run, payout_won__gt=0).select_related("stall").order_by("pk"))
    accounts = {line.pk: account_of(line.stall) for line in lines}
    terms = terms_of(market)
    paid = [payout_line(line, accounts[line.pk]) for line in lines]
    made = write_payout(paid, layouts()[terms.layout], Format(terms.made))
    return PayoutFile.objects.create(
        market=market,
        run=run,
        name=f"payout-{run.first:%Y%m%d}-{run.last:%Y%m%d}-{run.pk}.{terms.made}",
        layout=terms.layout,
        content=made.content,
        sha256=made.sha256,
        count=made.count,
        total_won=made.total_won,
        accounts={str(line): account.pk for line, account in accounts.items()},
        made_by=actor.ref,
        made_at=clock.now(),
    )
