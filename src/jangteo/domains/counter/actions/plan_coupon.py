"""A sale takes a coupon until it is paid, or for good."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.counter import rules
from jangteo.domains.counter.coupons import ByCoupon, columns, coupon_of_sale
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.ledger.errors import InsufficientFunds
from jangteo.domains.payments.actions.plan_tenders import plan_tenders
from jangteo.domains.promotions.actions.hold_coupon import Use, hold_coupon
from jangteo.domains.promotions.errors import CouponUsedUp
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

# Held a little longer than the payment may take, so that money that comes at the last moment still finds it.
LATE = timedelta(minutes=5)


@step
def plan_coupon(*, sale: CounterSale, by: ByCoupon, actor: Actor) -> None:
    """Hold the piece, then its funders' money, for the locked sale, whose way and time are chosen. The caller saves it.

    One that pays all of it needs no card: then the stall is asked, as for what it has in its hand.
    Raises CouponUnknown, CouponOver, CouponDoesNotFit, CouponNotYours, CouponUsedUp.
    """
    fitting = coupon_of_sale(sale, by, sale.way)
    use = Use(by.user_id, sale.ref, fitting.worth.won)
    hold_coupon(coupon=fitting.coupon, use=use, actor=actor)
    sale.coupon_won, sale.customer_id = fitting.worth.won, by.user_id
    if not sale.due_won and not sale.is_offline:
        sale.way, sale.expires_at = CounterSale.Way.CASH, clock.now() + rules.CLAIM_LASTS
    try:
        plan_tenders(
            market_id=sale.market_id,
            order_ref=sale.ref,
            tenders=columns(sale, fitting),
            hold_until=sale.expires_at + LATE,
        )
    except InsufficientFunds as no:
        raise CouponUsedUp(name=fitting.coupon.name, limit="budget") from no
