"""Money of a city or another funder arrives for a program."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Funding:
    """`key` names the transfer, so that it is booked once."""

    key: str
    program: str
    won: int
    paid_into: str = "bank:main"


@action
def fund_program(*, market: Market, actor: Actor, funding: Funding) -> bool:
    """Add to the budget, which never goes below zero. False for a repeat. Raises KeyConflict, ValueError."""
    if funding.won <= 0 or not funding.program:
        raise ValueError("a budget grows by some money and has a name")
    lines = {funding.paid_into: funding.won, f"subsidy:{funding.program}": -funding.won}
    entry = NewEntry(f"fund:{funding.key}", "fund_program", f"program:{funding.program}", lines)
    is_new = post_entry(market_id=market.pk, actor=actor, entry=entry)
    if is_new:
        audit.record(actor, "program.funded", f"program:{funding.program}", amount_won=funding.won)
    return is_new
