"""The gateway has spoken: bring the order up to it."""

from __future__ import annotations

from jangteo.domains.delivery.actions.regain_seat import regain_seat
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.end_unpaid import end_unpaid
from jangteo.domains.ordering.actions.end_waiting import end_waiting
from jangteo.domains.ordering.actions.fix_matrix import fix_matrix
from jangteo.domains.ordering.actions.move import move_order, move_parts
from jangteo.domains.ordering.actions.ring_phones import ring_phones
from jangteo.domains.ordering.actions.stop_for_money import stop_for_money
from jangteo.domains.ordering.errors import OrderUnknown
from jangteo.domains.ordering.models import Line, Order, Shortfall, StallPart
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.domains.payments.actions.apply_snapshot import Applied, apply_snapshot
from jangteo.domains.payments.actions.request_rest import request_rest
from jangteo.domains.payments.actions.send_unsent import send_unsent
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import PayBy, Snapshot
from jangteo.domains.stock.actions.end_holds import end_holds
from jangteo.domains.stock.actions.prolong_holds import prolong_holds
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# Where a deposit can be taken back without stopping the order, so that it comes again for goods the customer has.
GOODS_ARE_OUT = frozenset({OrderState.PLACED, OrderState.CLOSED})
WAITS_FOR_MONEY = frozenset({OrderState.AWAITING_PAYMENT, OrderState.EXPIRED})


@action
def settle_payment(*, market: Market, actor: Actor, snapshot: Snapshot) -> Order:
    """Book the snapshot; a first capture places the order and rings the stalls, however late it comes.

    A payment that ran out at the gateway ends its order in the same breath. Goods wait with an order that waits for a
    deposit; a deposit that the bank takes back stops the stalls, unless goods are out: then it is awaited for them.
    Whole goes back: money for a cancelled order, a deposit after its time, a wrong amount, and what comes when the
    order's other money is free again, or when its seat in a wave is gone.
    Goods that were sold meanwhile open a shortfall for the stall.
    Raises OrderUnknown for a payment that is none of ours; then nothing changes.
    """
    order = Order.objects.select_for_update().filter(ref=snapshot.order_ref).first()
    payment = Payment.objects.select_for_update().filter(order_ref=snapshot.order_ref).first()
    if order is None or payment is None:
        raise OrderUnknown
    if payment.payment_key is not None and payment.payment_key != snapshot.payment_key and payment.captured_won:
        return order
    applied = apply_snapshot(payment=payment, snapshot=snapshot, actor=actor)
    if applied.taken_back:
        stop_for_money(order=order, payment=payment, actor=actor)
    if applied.waits:
        prolong_holds(cause=f"order:{order.ref}", until=payment.expires_at)
    if applied.captured:
        _place(order, payment, actor)
    elif payment.state == Payment.State.EXPIRED:
        end_unpaid(order=order, payment=payment, actor=actor)
    elif payment.state == Payment.State.MISMATCH and order.state == OrderState.AWAITING_PAYMENT:
        end_waiting(order=order, actor=actor)
    _tell(order, applied)
    return order


def _place(order: Order, payment: Payment, actor: Actor) -> None:
    if payment.captures > 1:
        send_unsent(payment=payment)
    if payment.captures > 1 and order.state in GOODS_ARE_OUT:
        audit.record(actor, "order.paid_again", f"order:{order.pk}", number=order.number)
        return
    if _is_too_late(order, payment) or not _has_seat(order) or not fix_matrix(order=order, actor=actor):
        request_rest(payment=payment, reason=f"order_{order.state}")
        if order.state == OrderState.AWAITING_PAYMENT:
            end_waiting(order=order, actor=actor)
        return
    move_order(order=order, to=OrderState.PLACED, actor=actor)
    # Money that came once before has had its say about some of the stalls.
    waiting = list(StallPart.with_fees.filter(order=order, state=PartState.AWAITING_PAYMENT).order_by("pk"))
    parts = [part for part in waiting if not part.is_fee]
    lines = list(Line.objects.filter(part__in=parts).select_related("part"))
    missing = end_holds(cause=f"order:{order.ref}", wanted={line.good_id: line.quantity for line in lines})
    moment = clock.now()
    Shortfall.objects.bulk_create(
        Shortfall(
            market_id=order.market_id,
            stall_id=line.stall_id,
            line=line,
            quantity=missing[line.good_id],
            opened_at=moment,
        )
        for line in lines
        if line.good_id in missing
    )
    if missing:
        audit.record(actor, "order.shortfall", f"order:{order.pk}", lines=len(missing))
    move_parts(parts=parts, to=PartState.NEW, actor=actor)
    move_parts(parts=[part for part in waiting if part.is_fee], to=PartState.READY, actor=actor)
    ring_phones(parts=parts)


def _is_too_late(order: Order, payment: Payment) -> bool:
    """A card is charged because the customer wants the order now; a late deposit comes when its time is over."""
    if payment.pay_by == PayBy.ACCOUNT and order.state == OrderState.EXPIRED:
        return True
    return order.state not in WAITS_FOR_MONEY


def _has_seat(order: Order) -> bool:
    """An order that had run out may have lost its seat in the wave to another one; nobody can bring it then."""
    return order.fulfil != Order.Fulfil.DELIVER or regain_seat(order_id=order.pk)


def _tell(order: Order, applied: Applied) -> None:
    if applied.refunded_won or applied.failed or applied.waits:
        kind = "refunded" if applied.refunded_won else "payment_failed" if applied.failed else "deposit_awaited"
        live.publish([live.News(f"order:{order.pk}", kind)])
