"""The money of a sale is there: its coupon is used for good."""

from __future__ import annotations

from jangteo.domains.counter.coupons import lines_to_pay
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.payments.actions.capture_tenders import capture_tenders
from jangteo.domains.payments.actions.collect_at_stall import collect_at_stall
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def take_coupon(*, sale: CounterSale, actor: Actor) -> bool:
    """Fix the matrix of the locked sale and take what funders hold for it. True for a sale without a coupon.

    False when the coupon was freed meanwhile: it is somebody else's by then.
    """
    if not sale.coupon_won:
        return True
    lines = lines_to_pay(sale)
    if not capture_tenders(market_id=sale.market_id, order_ref=sale.ref, lines=lines, actor=actor):
        return False
    if sale.is_offline:
        collect_at_stall(market_id=sale.market_id, order_ref=sale.ref, stall_id=sale.stall_id, lines=lines, taken=None)
    return True
