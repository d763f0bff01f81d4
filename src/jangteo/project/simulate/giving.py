"""The association and stalls give points away, and end what they gave."""

from __future__ import annotations

from jangteo.domains.promotions.actions.grant_points import NewPoints, grant_points
from jangteo.domains.promotions.actions.stop_coupon import stop_coupon
from jangteo.kernel.audit import SYSTEM
from jangteo.project.simulate.stage import Stage


def give_points(stage: Stage) -> None:
    """By hand, asked for twice now and then; some are good for a day only."""
    new = NewPoints(
        user_id=stage.chance.choice(stage.customers),
        won=stage.chance.choice((1_000, 2_345)),
        key=f"points-{stage.number()}",
        stall_id=stage.chance.choice((None, None, stage.goods[0].stall_id)),
        lasts_days=stage.chance.choice((1, 1, 30)),
    )
    for _ in range(stage.chance.choice((1, 2))):
        grant_points(market=stage.market, actor=SYSTEM, new=new)


def end_coupon(stage: Stage) -> None:
    """Perhaps one that is ended already; orders that have it keep it."""
    stop_coupon(market=stage.market, actor=SYSTEM, coupon_id=stage.chance.choice(stage.coupons).pk)
