"""Cashback comes back because what it was given for was refunded."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.payments.policy_models import CashbackGrant
from jangteo.domains.payments.rules.cashback import AfterPromo, Cashback, Clawback
from jangteo.domains.payments.rules.cashback import claw_back as shared_out
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

NOTHING = Clawback(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Refunded:
    """`kept_won` of what earned the cashback stay with the stalls; `refund_won` is what could be kept of the refund.

    `reason` is the refund's own and makes a repeat harmless.
    """

    order_ref: str
    reason: str
    kept_won: int
    refund_won: int
    then: AfterPromo = AfterPromo.DEDUCT


@step
def claw_back(*, market_id: int, actor: Actor, refunded: Refunded) -> Clawback:
    """Take back what is not earned any more: from the promo balance first, then as `then` says; nothing goes below 0.

    `deducted_won` is to be taken off the refund (`rules.refunds.withhold`); it is booked here. The program has all of
    it again, also what the customer only owes now. Raises KeyConflict for another refund under the same reason.
    """
    grant = CashbackGrant.objects.select_for_update().filter(order_ref=refunded.order_ref).first()
    if grant is None:
        return NOTHING
    policy = grant.policy
    earned = Cashback(policy.discount_bp, grant.on_won, policy.cashback_cap_won, grant.taken_back_won)
    # What expired unspent is with the program already.
    due_won = earned.due_won(refunded.kept_won) - grant.expired_won
    if due_won <= 0:
        return NOTHING
    taken = shared_out(due_won=due_won, promo_won=_free_won(grant), refund_won=refunded.refund_won, then=refunded.then)
    post_entry(market_id=market_id, actor=actor, entry=_entry(grant, refunded, taken))
    grant.taken_back_won += due_won
    grant.from_promo_won += taken.promo_won
    grant.save(update_fields=["taken_back_won", "from_promo_won"])
    audit.record(
        actor,
        "cashback.taken_back",
        f"order:{grant.order_ref}",
        promo_won=taken.promo_won,
        deducted_won=taken.deducted_won,
        owed_won=taken.receivable_won,
    )
    return taken


def _free_won(grant: CashbackGrant) -> int:
    """What is in the balance and not held. Locked, so that it is still there when the entry is posted."""
    row = LimitedAccount.objects.select_for_update().filter(account=grant.account).first()
    return 0 if row is None else row.balance_won - row.held_won


def _entry(grant: CashbackGrant, refunded: Refunded, taken: Clawback) -> NewEntry:
    won = taken.promo_won + taken.deducted_won + taken.receivable_won
    lines = {
        grant.account: taken.promo_won,
        f"order:{grant.order_ref}": taken.deducted_won,
        f"receivable:user:{grant.customer_id}": taken.receivable_won,
        f"subsidy:{grant.policy.program}": -won,
    }
    key = f"clawback:{grant.order_ref}:{refunded.reason}"
    return NewEntry(key, "claw_back", f"order:{grant.order_ref}", lines)
