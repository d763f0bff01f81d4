"""What funders promised for a coupon and nothing used or holds, they do not owe any more."""

from __future__ import annotations

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.models import Entry, LimitedAccount
from jangteo.domains.promotions.models import Coupon
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def release_budget(*, coupon: Coupon, actor: Actor) -> int:
    """Set it off against what they owe for the locked coupon. How many won."""
    cause = f"coupon:{coupon.pk}"
    lines: dict[str, int] = {}
    won = 0
    for funder, account in coupon.budgets.items():
        row = LimitedAccount.objects.select_for_update().filter(account=account).first()
        free_won = 0 if row is None else row.balance_won - row.held_won
        lines |= {account: free_won, f"receivable:{funder}:{coupon.pk}": -free_won}
        won += free_won
    times = Entry.objects.filter(cause=cause, kind="end_coupon").count()
    entry = NewEntry(f"{cause}:end:{times}", "end_coupon", cause, lines)
    if post_entry(market_id=coupon.market_id, actor=actor, entry=entry):
        audit.record(actor, "coupon.released", cause, name=coupon.name, amount_won=won)
    return won
