"""A coupon is offered."""

from __future__ import annotations

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.markets.models import Market
from jangteo.domains.promotions import errors
from jangteo.domains.promotions.drafts import Limits, NewCoupon, draft_coupon
from jangteo.domains.promotions.models import Coupon
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.money import split_won

__all__ = ["Limits", "NewCoupon", "make_coupon"]


@action
def make_coupon(*, market: Market, actor: Actor, new: NewCoupon) -> Coupon:
    """Offer it; from here nothing of it changes but that it is stopped. Raises BadCoupon, CodeTaken.

    Funders who are no stalls owe its budget from now on, and get back at its end what nobody used.
    """
    coupon = draft_coupon(market, new, actor.ref)
    if coupon.code and Coupon.objects.filter(code=coupon.code, stopped_at=None).exists():
        raise errors.CodeTaken(text=coupon.code)
    coupon.save(force_insert=True)
    _promise(market, actor, coupon)
    audit.record(actor, "coupon.made", f"coupon:{coupon.pk}", name=coupon.name, budget_won=coupon.budget_won)
    return coupon


def _promise(market: Market, actor: Actor, coupon: Coupon) -> None:
    """What each funder gives stands against what it owes for it."""
    parts = split_won(coupon.budget_won, [share.share_bp for share in coupon.funders])
    lines: dict[str, int] = {}
    for share, won in zip(coupon.funders, parts, strict=True):
        if (account := coupon.budgets.get(share.funder)) is not None:
            lines |= {f"receivable:{share.funder}:{coupon.pk}": won, account: -won}
    entry = NewEntry(f"coupon:{coupon.pk}:budget", "fund_coupon", f"coupon:{coupon.pk}", lines)
    post_entry(market_id=market.pk, actor=actor, entry=entry)
