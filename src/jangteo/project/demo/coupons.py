"""What the demo market gives: coupons of the association and of three stalls, and points that somebody has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.promotions.actions.grant_points import NewPoints, grant_points
from jangteo.domains.promotions.actions.make_coupon import make_coupon
from jangteo.domains.promotions.actions.set_point_terms import NewPointTerms, set_point_terms
from jangteo.domains.promotions.drafts import Limits, NewCoupon
from jangteo.domains.promotions.rules import ASSOCIATION, STALL, Conditions, Off, Share
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market

MONTH = timedelta(days=30)
REGULARS = 5
CODE = "JANGNAL"


def offer_coupons(market: Market, phones: Sequence[str]) -> None:
    """Once the market stands: `phones` are of customers, the first few of whom hold something."""
    ends = clock.calendar_day() + MONTH
    city = (Share("municipality", 5_000), Share(ASSOCIATION, 3_000), Share(STALL, 2_000))
    association = (
        NewCoupon(
            name="장보는 날 2,000원",
            off=Off(won=2_000),
            shares=city,
            budget_won=1_000_000,
            when=Conditions(needs_won=20_000, ends=ends),
        ),
        NewCoupon(
            name="장날 손님 10%",
            off=Off(bp=1_000, ceiling_won=3_000),
            form="code",
            code=CODE,
            shares=(Share(ASSOCIATION, 10_000),),
            budget_won=300_000,
            when=Conditions(ends=ends),
        ),
        NewCoupon(
            name="단골 고마움 3,000원",
            off=Off(won=3_000),
            form="given",
            shares=(Share(ASSOCIATION, 10_000),),
            budget_won=500_000,
            limits=Limits(per_person=None),
            lasts_days=60,
        ),
    )
    made = [make_coupon(market=market, actor=SYSTEM, new=new) for new in association]
    _offer_of_stalls(market)
    set_point_terms(market=market, actor=SYSTEM, new=NewPointTerms(earn_bp=100, lasts_days=365))
    _give_points(market, phones[:REGULARS], made[-1].pk)


def _give_points(market: Market, phones: Sequence[str], thanks: int) -> None:
    """The association's, and of the first stall's own, which its merchant looks at; and the coupon of thanks."""
    with in_market(market.pk):
        first = Stall.objects.order_by("pk")[0]
    set_point_terms(market=market, actor=SYSTEM, new=NewPointTerms(earn_bp=100, lasts_days=365, stall_id=first.pk))
    for place, phone in enumerate(phones):
        user = register_customer(market=market, actor=SYSTEM, phone=phone)
        grant_coupon(market=market, actor=SYSTEM, coupon_id=thanks, user_id=user.pk, key=f"demo:{place}", reason="단골")
        for stall_id, won, key in ((None, 700 + 310 * place, "demo"), (first.pk, 150 + 90 * place, "demo:stall")):
            points = NewPoints(user_id=user.pk, won=won, key=f"{key}:{place}", reason="demo", stall_id=stall_id)
            grant_points(market=market, actor=SYSTEM, new=points)


def _offer_of_stalls(market: Market) -> None:
    with in_market(market.pk):
        stalls = list(Stall.objects.order_by("pk")[:3])
    ends = clock.calendar_day() + MONTH
    own = (
        ("첫 손님 1,000원", Off(won=1_000), Conditions(first_only=True, ends=ends), Limits(most=50)),
        ("3만 원 넘으면 2,000원", Off(won=2_000), Conditions(needs_won=30_000, ends=ends), Limits(50, None)),
        ("우리 가게 5%", Off(bp=500, ceiling_won=2_000), Conditions(ends=ends), Limits(30, None)),
    )
    for stall, (name, off, when, limits) in zip(stalls, own, strict=False):
        new = NewCoupon(name=name, off=off, when=when, limits=limits, stall_id=stall.pk)
        make_coupon(market=market, actor=SYSTEM, new=new)
