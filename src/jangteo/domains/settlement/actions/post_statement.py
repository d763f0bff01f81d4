"""Book what a statement takes from a stall: fees, its own coupons, and what it owes."""

from __future__ import annotations

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.settlement.accounts import gateway_parts
from jangteo.domains.settlement.models import SettlementLine, SettlementRun
from jangteo.domains.settlement.modes import Mode
from jangteo.domains.settlement.sales import SETTLING
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def post_statement(*, run: SettlementRun, line: SettlementLine, actor: Actor) -> None:
    """Leave on the stall's account what it is paid and what stays for the next run, nothing else. Once per line."""
    kept = {f"fee:{run.market_id}": -line.fee_won, "tax:vat": -line.fee_vat_won}
    for account, won in gateway_parts(line.sources, line.gateway_fee_won).items():
        # In the association's own contract the fee was its cost already; elsewhere the gateway keeps it out.
        cost = account.replace("clear:", "gatewaycost:", 1) if run.mode == Mode.ASSOCIATION_PAYS else account
        kept[cost] = -won
    # Its customers had the goods for less: the sale stands at the full price, and what it gave comes off here.
    kept[f"discount:stall:{line.stall_id}"] = -line.own_coupons_won
    debt = line.carried_out_won - line.carried_in_won
    lines = {**kept, f"receivable:stall:{line.stall_id}": debt}
    lines[f"stall:{line.stall_id}:payable"] = -sum(lines.values())
    if any(lines.values()):
        entry = NewEntry(key=f"settlement:{run.pk}:{line.stall_id}", kind=SETTLING, cause=f"run:{run.pk}", lines=lines)
        post_entry(market_id=run.market_id, actor=actor, entry=entry)
