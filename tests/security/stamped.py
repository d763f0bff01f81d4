"""Stamps that a market collects, and the code that a stall holds out for one."""

from __future__ import annotations

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.promotions.actions.make_coupon import NewCoupon, make_coupon
from jangteo.domains.promotions.rules import Off
from jangteo.domains.stamps.actions.make_code import make_code
from jangteo.domains.stamps.actions.start_programme import NewProgramme, start_programme
from jangteo.domains.stamps.models import Programme
from jangteo.domains.stamps.purchases import visit_ref
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market


def programme_in(market: Market) -> int:
    """The one over the whole market, begun now if there is none."""
    with in_market(market.pk):
        known = Programme.objects.filter(stall=None).first()
    if known is not None:
        return known.pk
    coupon = make_coupon(market=market, actor=SYSTEM, new=NewCoupon(name="천 원", off=Off(won=1_000), form="given"))
    new = NewProgramme(None, 10, coupon.pk, "1,000원 쿠폰")
    return start_programme(market=market, actor=SYSTEM, new=new).pk


def code_of(market: Market, stall: Stall) -> int:
    return make_code(market=market, actor=SYSTEM, stall_id=stall.pk, purchase=visit_ref("code-of-a-stall")).pk
