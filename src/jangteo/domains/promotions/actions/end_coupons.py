"""Coupons that nobody can use any more keep no money of their funders."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.release_budget import release_budget
from jangteo.domains.promotions.models import Coupon
from jangteo.domains.promotions.queries import over_with_budget
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_coupons(*, market: Market, actor: Actor) -> int:
    """Release what is left for coupons of the market that are over or stopped. How many won.

    Also what came back after that: of orders that nobody paid, and by refunds.
    """
    over = Coupon.objects.select_for_update(of=("self",)).filter(pk__in=over_with_budget()).order_by("pk")
    return sum(release_budget(coupon=coupon, actor=actor) for coupon in over)
