"""Nobody paid: the coupon of a sale is the customer's again, and its funders' money free."""

from __future__ import annotations

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.payments.actions.void_tenders import void_tenders
from jangteo.domains.promotions.actions.free_coupon import free_coupon
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def let_coupon_go(*, sale: CounterSale, actor: Actor) -> None:
    """Nothing for a sale without one, and nothing the second time."""
    if sale.coupon_won:
        void_tenders(order_ref=sale.ref, actor=actor)
        free_coupon(order_ref=sale.ref, actor=actor)
