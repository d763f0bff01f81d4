"""Book that a line of a run was paid."""

from __future__ import annotations

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.settlement.accounts import paid_from, payout_key
from jangteo.domains.settlement.models import SettlementLine, SettlementRun
from jangteo.domains.settlement.sales import PAYOUT
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def pay_line(*, run: SettlementRun, line: SettlementLine, actor: Actor) -> None:
    """Once per line, and never for nothing."""
    if not line.payout_won:
        return
    lines = {account: -won for account, won in paid_from(run, line).items()}
    entry = NewEntry(
        key=payout_key(line),
        kind=PAYOUT,
        cause=f"run:{run.pk}",
        lines={f"stall:{line.stall_id}:payable": line.payout_won, **lines},
    )
    post_entry(market_id=run.market_id, actor=actor, entry=entry)
