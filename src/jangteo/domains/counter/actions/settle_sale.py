"""The gateway has spoken about a payment at the counter."""

from __future__ import annotations

from jangteo.domains.counter.actions.book_sale import book_sale
from jangteo.domains.counter.actions.let_coupon_go import let_coupon_go
from jangteo.domains.counter.actions.move_sale import move_sale
from jangteo.domains.counter.actions.take_coupon import take_coupon
from jangteo.domains.counter.actions.take_sold import take_sold
from jangteo.domains.counter.errors import SaleUnknown
from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.domains.payments.actions.apply_snapshot import apply_snapshot
from jangteo.domains.payments.actions.request_rest import request_rest
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import Snapshot
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def settle_sale(*, market: Market, actor: Actor, snapshot: Snapshot) -> CounterSale:
    """Book the snapshot; a first capture makes the money the stall's and tells its phone, however late it comes.

    Whole goes back: a wrong amount, and what comes when the coupon that was to pay the rest is free again.
    Raises SaleUnknown for a payment that is none of ours; then nothing changes.
    """
    sale = CounterSale.objects.select_for_update().filter(ref=snapshot.order_ref).first()
    payment = Payment.objects.select_for_update().filter(order_ref=snapshot.order_ref).first()
    if sale is None or payment is None:
        raise SaleUnknown
    if payment.payment_key is not None and payment.payment_key != snapshot.payment_key and payment.captured_won:
        return sale
    applied = apply_snapshot(payment=payment, snapshot=snapshot, actor=actor)
    if applied.captured and take_coupon(sale=sale, actor=actor):
        _pay(sale, actor)
    elif applied.captured:
        request_rest(payment=payment, reason="sale_coupon_gone")
        _end(sale, actor)
    elif payment.state == Payment.State.EXPIRED:
        _end(sale, actor)
    elif payment.state == Payment.State.MISMATCH:
        let_coupon_go(sale=sale, actor=actor)
    if applied.failed or applied.refunded_won:
        live.publish([live.News(f"sale:{sale.pk}", "sale_changed", {"sale": sale.pk})])
    return sale


def _pay(sale: CounterSale, actor: Actor) -> None:
    sale.paid_at = clock.now()
    move_sale(sale=sale, to=SaleState.PAID, actor=actor)
    book_sale(sale=sale, actor=actor)
    take_sold(sale=sale)
    audit.record(actor, "sale.paid", f"sale:{sale.pk}", amount_won=sale.amount_won)


def _end(sale: CounterSale, actor: Actor) -> None:
    """Unless somebody has written that down before."""
    if sale.state == SaleState.AWAITING_PAYMENT:
        move_sale(sale=sale, to=SaleState.EXPIRED, actor=actor)
        let_coupon_go(sale=sale, actor=actor)
