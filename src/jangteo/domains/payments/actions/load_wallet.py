"""A customer loads money to spend later."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Load:
    """`won` is what the customer gets; of it `program` adds `added_won` (선할인: pay 45,000, have 50,000).

    `paid_into` is the account that the customer's own money came to ("clear:toss", "bank:main"). `key` makes a repeat
    harmless.
    """

    key: str
    customer_id: int
    won: int
    paid_into: str
    added_won: int = 0
    program: str = ""


@action
def load_wallet(*, market: Market, actor: Actor, load: Load) -> bool:
    """Load it once; False for a repeat. Raises WalletOff where the market keeps no such money, InsufficientFunds where
    the program has less left, KeyConflict, ValueError for an amount that cannot be.
    """
    if not 0 <= load.added_won < load.won or bool(load.program) != bool(load.added_won):
        raise ValueError("a load is some money of the customer's, and some of a program's only if it is named")
    lines = {load.paid_into: load.won - load.added_won, f"wallet:{load.customer_id}": -load.won}
    if load.program:
        lines[f"subsidy:{load.program}"] = load.added_won
    entry = NewEntry(f"load:{load.key}", "load_wallet", f"load:{load.key}", lines)
    is_new = post_entry(market_id=market.pk, actor=actor, entry=entry)
    if is_new:
        audit.record(actor, "wallet.loaded", f"user:{load.customer_id}", amount_won=load.won, added_won=load.added_won)
    return is_new
