"""Nobody paid in time."""

from __future__ import annotations

from jangteo.domains.counter.actions.let_coupon_go import let_coupon_go
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.models import Payment
from jangteo.kernel import clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

WAITS = frozenset({SaleState.OPEN, SaleState.AWAITING_PAYMENT, SaleState.CLAIMED})


@action
def expire_sale(*, market: Market, actor: Actor, order_ref: str) -> bool:
    """End the sale, and its payment with it. False when it was paid or ended in the meantime, or has time left.

    The caller has asked the gateway first. Money that still arrives later is the stall's all the same (settle_sale),
    unless a coupon was to pay the rest: that is the customer's again.
    Raises CounterSale.DoesNotExist.
    """
    sale = CounterSale.objects.select_for_update().get(ref=order_ref)
    payment = Payment.objects.select_for_update().filter(order_ref=order_ref).first()
    if sale.state not in WAITS or sale.expires_at > clock.now() or (payment is not None and payment.captured_won):
        return False
    if payment is not None:
        move_payment(payment=payment, to=Payment.State.EXPIRED, actor=actor)
        payment.save(update_fields=["state", "changed_at"])
    move_sale(sale=sale, to=SaleState.EXPIRED, actor=actor)
    let_coupon_go(sale=sale, actor=actor)
    return True
