"""Uses of a coupon are counted under its limits, and the database says where one is reached."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, connection

from jangteo.domains.promotions.errors import CouponUsedUp
from jangteo.domains.promotions.models import Coupon
from jangteo.kernel.action import step

# One statement: the row is locked, and who comes next counts from there.
_COUNT = """
INSERT INTO promotions_couponcount AS c (market_id, coupon_id, scope, used, most) VALUES (%s, %s, %s, 1, %s)
ON CONFLICT (coupon_id, scope) DO UPDATE SET used = c.used + 1
"""
_LIMIT = "coupon_within_limit"


@step
def count_uses(*, coupon: Coupon, limits: Mapping[str, int | None]) -> None:
    """Count one use under each of the scopes that has a limit, always in one sequence. Raises CouponUsedUp."""
    for scope, most in sorted(limits.items()):
        if most is None:
            continue
        try:
            with connection.cursor() as cursor:
                cursor.execute(_COUNT, [coupon.market_id, coupon.pk, scope, most])
        except IntegrityError as no:
            if _LIMIT not in str(no):
                raise
            word = scope.partition(":")[0]
            raise CouponUsedUp(name=coupon.name, limit="person" if word == "user" else word) from no
