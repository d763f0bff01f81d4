"""What comes round for promotions."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.end_coupons import end_coupons
from jangteo.domains.promotions.actions.expire_points import expire_points
from jangteo.domains.promotions.models import Coupon, PointGrant
from jangteo.domains.promotions.queries import over_with_budget
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def expire_due_points() -> None:
    """End points whose time is over, in every market that has some."""
    with unscoped():
        due = PointGrant.objects.filter(ended_at=None, expires_at__lte=clock.now())
        markets = list(Market.objects.filter(pk__in=due.values("market_id")).order_by("pk"))
    for market in markets:
        expire_points(market=market, actor=SYSTEM)


def end_over_coupons() -> None:
    """Give funders back what lies in coupons that are over, in every market that has some."""
    with unscoped():
        over = Coupon.objects.filter(pk__in=over_with_budget())
        markets = list(Market.objects.filter(pk__in=over.values("market_id")).order_by("pk"))
    for market in markets:
        end_coupons(market=market, actor=SYSTEM)
