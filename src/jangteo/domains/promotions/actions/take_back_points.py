"""What earned points was given back, so they go back too, as far as nobody has spent them."""

from __future__ import annotations

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.promotions.models import PointGrant
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def take_back_points(*, grant: PointGrant, kept_won: int, actor: Actor) -> int:
    """Leave the locked grant the part that `kept_won` of what earned it comes to. How many won went back.

    Points that are spent stay spent: who gave them bears it. That is little, and nobody's card is charged for it.
    """
    earned_won = grant.granted_won * min(kept_won, grant.on_won) // grant.on_won if grant.on_won else 0
    due_won = grant.in_balance_won - earned_won
    row = LimitedAccount.objects.select_for_update().filter(account=grant.account).first()
    won = min(due_won, 0 if row is None else row.balance_won - row.held_won)
    if won <= 0:
        return 0
    key = f"points:{grant.pk}:back:{grant.taken_back_won}"
    entry = NewEntry(key, "take_back_points", f"points:{grant.pk}", {grant.account: won, grant.borne_by: -won})
    post_entry(market_id=grant.market_id, actor=actor, entry=entry)
    grant.taken_back_won += won
    grant.save(update_fields=["taken_back_won"])
    audit.record(actor, "points.taken_back", f"points:{grant.pk}", amount_won=won)
    return won
