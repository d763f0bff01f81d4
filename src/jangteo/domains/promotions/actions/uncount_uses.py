"""A use of a coupon that came to nothing does not count."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from jangteo.domains.promotions.models import Coupon, CouponCount
from jangteo.kernel.action import step


@step
def uncount_uses(*, coupon: Coupon, scopes: Iterable[str]) -> None:
    """Take one use back under each scope that has a limit."""
    for scope in sorted(scopes):
        CouponCount.objects.filter(coupon=coupon, scope=scope, used__gt=0).update(used=F("used") - 1)
