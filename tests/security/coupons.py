"""A coupon that a stall has opened."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.promotions.actions.make_coupon import NewCoupon, make_coupon
from jangteo.domains.promotions.rules import Off
from jangteo.kernel.audit import SYSTEM


def coupon_of(market: Market, stall: Stall) -> int:
    new = NewCoupon(name="천 원", off=Off(won=1_000), stall_id=stall.pk)
    return make_coupon(market=market, actor=SYSTEM, new=new).pk
