"""Cashback for what an order paid with a scheme's money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.errors import InsufficientFunds
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.policy_models import CashbackGrant, PolicyRow
from jangteo.domains.payments.rules.cashback import earned
from jangteo.domains.payments.rules.refusals import BudgetUsedUp
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@dataclass(frozen=True, slots=True)
class Earning:
    """`on_won` were paid by the customer under the policy, whose id the order kept."""

    order_ref: str
    customer_id: int
    policy_id: int
    on_won: int


@action
def grant_cashback(*, market: Market, actor: Actor, earning: Earning) -> CashbackGrant | None:
    """Give what the policy promises, once for an order; None where that is nothing.

    The program's budget pays it, and expired or returned cashback goes back there. Raises BudgetUsedUp when less is
    left than was earned: then nothing is given.
    """
    policy = PolicyRow.objects.get(pk=earning.policy_id)
    won = earned(earning.on_won, policy.discount_bp, policy.cashback_cap_won) if policy.cashback else 0
    if not won:
        return None
    grant, is_new = CashbackGrant.objects.get_or_create(
        order_ref=earning.order_ref,
        defaults={
            "market": market,
            "customer_id": earning.customer_id,
            "scheme": policy.scheme,
            "policy": policy,
            "on_won": earning.on_won,
            "granted_won": won,
            "given_at": clock.now(),
            "expires_at": clock.now() + timedelta(days=policy.cashback_days),
        },
    )
    if is_new:
        _pay(market, actor, grant, policy.program)
        audit.record(actor, "cashback.granted", f"order:{grant.order_ref}", amount_won=won)
    return grant


def _pay(market: Market, actor: Actor, grant: CashbackGrant, program: str) -> None:
    lines = {f"subsidy:{program}": grant.granted_won, grant.account: -grant.granted_won}
    entry = NewEntry(f"cashback:{grant.order_ref}", "grant_cashback", f"order:{grant.order_ref}", lines)
    try:
        post_entry(market_id=market.pk, actor=actor, entry=entry)
    except InsufficientFunds as no:
        raise BudgetUsedUp(program=program, asked_won=grant.granted_won) from no
