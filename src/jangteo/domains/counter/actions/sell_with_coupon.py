"""A customer at the counter uses a coupon; the stall has the rest in its hand."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from jangteo.domains.counter import rules
from jangteo.domains.counter.actions.book_sale import book_sale
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.actions.plan_coupon import plan_coupon
from jangteo.domains.counter.actions.take_coupon import take_coupon
from jangteo.domains.counter.actions.write_till_sale import RungUp, till_ref, write_till_sale
from jangteo.domains.counter.coupons import ByCoupon
from jangteo.domains.counter.errors import BadAmount, SaleOver, WayNotTaken
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.queries import ways_of
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market, Stall
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.idempotency import earlier_answer, keep_answer, request_digest


@dataclass(frozen=True, slots=True)
class CouponSale:
    """`amount_won` is what the goods come to; what the coupon leaves of it the stall takes, in `way`."""

    stall_id: int
    amount_won: int
    way: str
    user_id: int
    coupon_id: str


@action
def sell_with_coupon(*, market: Market, actor: Actor, wanted: CouponSale, key: str) -> CounterSale:
    """Book the sale at its full price, the coupon's part as paid by who bears it. The same key, a UUID, books once.

    Raises BadAmount, WayNotTaken, Stall.DoesNotExist, SaleOver, the idempotency refusals, and as in an order
    CouponUnknown, CouponOver, CouponDoesNotFit, CouponNotYours, CouponUsedUp.
    """
    if not rules.LEAST_TILL_WON <= wanted.amount_won <= rules.MOST_WON:
        raise BadAmount(least_won=rules.LEAST_TILL_WON, most_won=rules.MOST_WON)
    ref, digest = till_ref(key), request_digest(asdict(wanted))
    if (answer := earlier_answer(market_id=market.pk, key=key, digest=digest)) is not None:
        return CounterSale.objects.get(pk=str(answer["sale"]))
    stall = Stall.objects.get(pk=wanted.stall_id)
    if wanted.way not in rules.TILL_WAYS or wanted.way not in ways_of(stall):
        raise WayNotTaken
    sale = write_till_sale(market=market, stall=stall, rung_up=RungUp(ref, wanted.amount_won, wanted.way, clock.now()))
    plan_coupon(sale=sale, by=ByCoupon(wanted.user_id, wanted.coupon_id), actor=actor)
    move_sale(sale=sale, to=SaleState.PAID, actor=actor)
    if not take_coupon(sale=sale, actor=actor):
        raise SaleOver(state=SaleState.EXPIRED)
    book_sale(sale=sale, actor=actor)
    audit.record(actor, "sale.with_coupon", f"sale:{sale.pk}", amount_won=sale.amount_won, off_won=sale.coupon_won)
    keep_answer(market_id=market.pk, key=key, digest=digest, answer={"sale": sale.pk})
    return sale
