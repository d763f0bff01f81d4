"""Book what the gateway says, however often and in whatever order it says it."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.models import Payment
from jangteo.domains.payments.ports import GatewayState, Snapshot
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

MONEY_TAKEN = frozenset({GatewayState.DONE, GatewayState.PART_CANCELLED, GatewayState.CANCELLED})
NO_MONEY = {GatewayState.FAILED: Payment.State.FAILED, GatewayState.EXPIRED: Payment.State.EXPIRED}


@dataclass(frozen=True, slots=True)
class Applied:
    """What was new in a snapshot."""

    captured: bool
    refunded_won: int
    failed: bool


@step
def apply_snapshot(*, payment: Payment, snapshot: Snapshot, actor: Actor) -> Applied:
    """Bring the locked payment and the ledger up to the gateway's snapshot.

    Entry keys come from the gateway's own ids, so duplicates, disorder and forgeries change nothing.
    A captured amount other than ours is booked, marked as a mismatch and sent back whole.
    """
    if snapshot.state not in MONEY_TAKEN or (snapshot.state is GatewayState.CANCELLED and not snapshot.cancels):
        return _no_money(payment, snapshot, actor)
    captured = _capture(payment, snapshot, actor)
    refunded = _book_cancels(payment, snapshot, actor)
    payment.save()
    if payment.state == Payment.State.MISMATCH:
        request_refund(payment=payment, amount_won=snapshot.balance_won, tax_free_won=0, reason="amount_mismatch")
    return Applied(captured and payment.state != Payment.State.MISMATCH, refunded, failed=False)


def _no_money(payment: Payment, snapshot: Snapshot, actor: Actor) -> Applied:
    state = NO_MONEY.get(snapshot.state)
    if state is None or payment.captured_won or payment.state == state:
        return Applied(captured=False, refunded_won=0, failed=False)
    move_payment(payment=payment, to=state, actor=actor)
    payment.save()
    return Applied(captured=False, refunded_won=0, failed=True)


def _capture(payment: Payment, snapshot: Snapshot, actor: Actor) -> bool:
    if payment.captured_won:
        return False
    entry = NewEntry(
        key=f"{payment.gateway}:{snapshot.payment_key}:capture",
        kind="capture",
        cause=f"order:{payment.order_ref}",
        lines={f"clear:{payment.gateway}": snapshot.total_won, f"order:{payment.order_ref}": -snapshot.total_won},
    )
    post_entry(market_id=payment.market_id, actor=actor, entry=entry)
    fits = snapshot.total_won == payment.amount_won
    move_payment(payment=payment, to=Payment.State.CAPTURED if fits else Payment.State.MISMATCH, actor=actor)
    payment.captured_won = snapshot.total_won
    payment.payment_key = snapshot.payment_key
    payment.method = snapshot.method[:40]
    payment.receipt_url = snapshot.receipt_url[:300]
    code = "payment.captured" if fits else "payment.mismatch"
    audit.record(actor, code, f"order:{payment.order_ref}", amount_won=snapshot.total_won)
    return True


def _book_cancels(payment: Payment, snapshot: Snapshot, actor: Actor) -> int:
    refunded = 0
    for cancel in snapshot.cancels:
        entry = NewEntry(
            key=f"{payment.gateway}:{snapshot.payment_key}:cancel:{cancel.key}",
            kind="refund",
            cause=f"order:{payment.order_ref}",
            lines={f"clear:{payment.gateway}": -cancel.amount_won, f"order:{payment.order_ref}": cancel.amount_won},
        )
        if post_entry(market_id=payment.market_id, actor=actor, entry=entry):
            refunded += cancel.amount_won
            payment.refunded_won += cancel.amount_won
    if refunded:
        whole = payment.refunded_won == payment.captured_won
        if whole or payment.state == Payment.State.CAPTURED:
            move_payment(
                payment=payment, to=Payment.State.REFUNDED if whole else Payment.State.PART_REFUNDED, actor=actor
            )
        audit.record(actor, "payment.refunded", f"order:{payment.order_ref}", amount_won=refunded)
    return refunded
