"""Points that nobody spent in time go back to who gave them."""

from __future__ import annotations

from django.db.models import F, Sum

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.models import LimitedAccount
from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.models import PointGrant, of_giver
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

AT_ONCE = 200


@action
def expire_points(*, market: Market, actor: Actor) -> int:
    """End the market's grants whose time is over, 200 at the most. How many won went back.

    What expires first is spent first: of an expired grant there is left what the balance has above all later ones.
    While some of the balance is held for an order that is being paid, the grant waits for the order.
    """
    due = PointGrant.objects.filter(ended_at=None, expires_at__lte=clock.now())
    grants = due.select_for_update(skip_locked=True).order_by("expires_at", "pk")
    return sum(_expire(market, actor, grant) for grant in grants[:AT_ONCE])


def _expire(market: Market, actor: Actor, grant: PointGrant) -> int:
    account = LimitedAccount.objects.select_for_update().filter(account=grant.account).first()
    balance_won, held_won = (account.balance_won, account.held_won) if account else (0, 0)
    unspent_won = min(grant.in_balance_won, max(0, balance_won - _later_won(grant)))
    if unspent_won and held_won:
        return 0
    if unspent_won:
        lines = {grant.account: unspent_won, grant.borne_by: -unspent_won}
        entry = NewEntry(f"points:{grant.pk}:expired", "expire_points", f"points:{grant.pk}", lines)
        post_entry(market_id=market.pk, actor=actor, entry=entry)
        audit.record(actor, "points.expired", f"points:{grant.pk}", amount_won=unspent_won)
    grant.expired_won += unspent_won
    grant.ended_at = clock.now()
    grant.save(update_fields=["expired_won", "ended_at"])
    return unspent_won


def _later_won(grant: PointGrant) -> int:
    """What the customer's other open grants put into the same balance; those due before it are over."""
    others = PointGrant.objects.filter(of_giver(grant.stall_id), user_id=grant.user_id, ended_at=None)
    in_balance = F("granted_won") - F("taken_back_won") - F("expired_won")
    return others.exclude(pk=grant.pk).aggregate(won=Sum(in_balance))["won"] or 0
