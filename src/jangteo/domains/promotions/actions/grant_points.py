"""A customer is given points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.errors import BadPoints
from jangteo.domains.promotions.models import PointGrant
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

MOST_WON = 1_000_000
USUAL_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPoints:
    """`key` makes a repeat harmless. `stall_id` is who gives them, None the association; a stall's are good there only.

    `order_ref` and `on_won` say for which order and how much of it, where they were earned.
    """

    user_id: int
    won: int
    key: str
    reason: str = ""
    stall_id: int | None = None
    order_ref: str = ""
    on_won: int = 0
    lasts_days: int = USUAL_DAYS


@action
def grant_points(*, market: Market, actor: Actor, new: NewPoints) -> PointGrant:
    """Give them once; who gives them owes them from now on. Raises BadPoints."""
    if not 0 < new.won <= MOST_WON or new.lasts_days <= 0:
        raise BadPoints(field="won" if new.lasts_days > 0 else "lasts_days")
    grant, is_new = PointGrant.objects.get_or_create(
        market=market,
        key=new.key,
        defaults={
            "user_id": new.user_id,
            "stall_id": new.stall_id,
            "reason": new.reason[:60],
            "order_ref": new.order_ref,
            "on_won": new.on_won,
            "granted_won": new.won,
            "given_at": clock.now(),
            "expires_at": clock.now() + timedelta(days=new.lasts_days),
        },
    )
    if is_new:
        lines = {grant.borne_by: new.won, grant.account: -new.won}
        entry = NewEntry(f"points:{grant.pk}", "grant_points", f"points:{grant.pk}", lines)
        post_entry(market_id=market.pk, actor=actor, entry=entry)
        audit.record(actor, "points.granted", f"points:{grant.pk}", amount_won=new.won)
    return grant
