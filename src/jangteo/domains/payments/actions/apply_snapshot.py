"""Book what the gateway says, however often and in whatever order it says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.actions.reverse_entry import reverse_entry
from jangteo.domains.payments.actions.finish_refund import finish_refund
from jangteo.domains.payments.actions.move_payment import move_payment
from jangteo.domains.payments.actions.request_refund import request_refund
from jangteo.domains.payments.gateways import LONGEST_DEPOSIT_HOURS
from jangteo.domains.payments.models import GivebackLeg, OpenedWindow, Payment, Refund
from jangteo.domains.payments.ports import GatewayState, PayBy, Snapshot
from jangteo.domains.payments.states import TRANSITIONS
from jangteo.kernel import audit, clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

MONEY_TAKEN = frozenset({GatewayState.DONE, GatewayState.PART_CANCELLED, GatewayState.CANCELLED})
NO_MONEY = {GatewayState.FAILED: Payment.State.FAILED, GatewayState.EXPIRED: Payment.State.EXPIRED}
# A deposit that the bank takes back is one that was never there, whether its account is still open or not. One that was
# cancelled without giving anything back had nothing to give.
TAKES_BACK = frozenset({GatewayState.WAITING_DEPOSIT, GatewayState.EXPIRED, GatewayState.CANCELLED})
# Why a refund ends without a won of it moving.
NOTHING_THERE = "nothing_there"
# Whatever a page asked for, goods are kept aside for so long at most.
LONGEST_WAIT = timedelta(hours=LONGEST_DEPOSIT_HOURS)


@dataclass(frozen=True, slots=True)
class Applied:
    """What was new in a snapshot. `taken_back`: money that had come is gone; `waits`: a deposit is waited for now."""

    captured: bool = False
    refunded_won: int = 0
    failed: bool = False
    waits: bool = False
    taken_back: bool = False


@step
def apply_snapshot(*, payment: Payment, snapshot: Snapshot, actor: Actor) -> Applied:
    """Bring the locked payment and the ledger up to the gateway's snapshot.

    Entry keys come from the gateway's own ids, so duplicates, disorder and forgeries change nothing.
    A captured amount other than ours is booked, marked as a mismatch and sent back whole.
    """
    if _is_stale(payment, snapshot):
        return Applied()
    if snapshot.state not in MONEY_TAKEN or (snapshot.state is GatewayState.CANCELLED and not snapshot.cancels):
        return _no_money(payment, snapshot, actor)
    captured = _capture(payment, snapshot, actor)
    refunded = _book_cancels(payment, snapshot, actor)
    payment.save()
    if payment.state == Payment.State.MISMATCH:
        _send_back(payment, snapshot)
    return Applied(captured=captured and payment.state != Payment.State.MISMATCH, refunded_won=refunded)


def _is_stale(payment: Payment, snapshot: Snapshot) -> bool:
    """Only deposits go back and forth: there an answer to an earlier question must not undo what is known since.

    What was cancelled stays cancelled, whenever somebody asked.
    """
    if payment.pay_by != PayBy.ACCOUNT or snapshot.asked_at is None or snapshot.state is GatewayState.CANCELLED:
        return False
    return snapshot.asked_at < payment.changed_at


def _send_back(payment: Payment, snapshot: Snapshot) -> None:
    """All of a wrong amount. Its tax-free part is what the gateway says it is, else ours as far as it fits."""
    tax_free_won = snapshot.tax_free_won
    if tax_free_won is None:
        tax_free_won = min(payment.tax_free_won, snapshot.balance_won)
    request_refund(
        payment=payment, amount_won=snapshot.balance_won, tax_free_won=tax_free_won, reason="amount_mismatch"
    )


def _no_money(payment: Payment, snapshot: Snapshot, actor: Actor) -> Applied:
    taken_back = _take_back(payment, snapshot, actor)
    waits = snapshot.state is GatewayState.WAITING_DEPOSIT and _wait(payment, snapshot, actor)
    failed = _end(payment, snapshot, actor)
    if snapshot.state is GatewayState.CANCELLED and not payment.captured_won:
        _nothing_to_refund(payment, actor)
    if taken_back or waits or failed:
        payment.save()
    return Applied(failed=failed, waits=waits, taken_back=taken_back)


def _take_back(payment: Payment, snapshot: Snapshot, actor: Actor) -> bool:
    """Undo the capture of a deposit that the bank took back. Once a part of it was refunded both cannot be true, and
    the daily comparison with the gateway's list brings it before a person.
    """
    is_deposit = payment.pay_by == PayBy.ACCOUNT and payment.state == Payment.State.CAPTURED
    if not is_deposit or snapshot.state not in TAKES_BACK or snapshot.payment_key != payment.payment_key:
        return False
    reverse_entry(key=_capture_key(payment, snapshot), actor=actor)
    audit.record(actor, "payment.taken_back", f"order:{payment.order_ref}", amount_won=payment.captured_won)
    move_payment(payment=payment, to=Payment.State.WAITING_DEPOSIT, actor=actor)
    payment.captured_won = 0
    return True


def _nothing_to_refund(payment: Payment, actor: Actor) -> None:
    """The account was closed empty for good, so whatever was asked of it never moves: the bank has given it back."""
    asked = Refund.objects.filter(payment=payment, state__in=[Refund.State.QUEUED, Refund.State.UNKNOWN])
    for refund in asked.order_by("pk"):
        finish_refund(refund_id=refund.pk, state=Refund.State.REJECTED, note=NOTHING_THERE, actor=actor)
        GivebackLeg.objects.filter(refund=refund).update(refund=None, state=GivebackLeg.State.DONE)


def _wait(payment: Payment, snapshot: Snapshot, actor: Actor) -> bool:
    """Write down the account. True when the payment waits for its deposit from now on.

    Where the first answer was lost, a deposit may have come and be taken back before anybody knew the account.
    """
    account, waits = snapshot.account, Payment.State.WAITING_DEPOSIT
    is_unknown = payment.state == waits and not payment.account_number
    if account is None or payment.captured_won or not (is_unknown or waits in _ways_from(payment)):
        return False
    move_payment(payment=payment, to=Payment.State.WAITING_DEPOSIT, actor=actor)
    moment = clock.now()
    payment.payment_key = snapshot.payment_key
    payment.method = snapshot.method[:40]
    payment.receipt_url = snapshot.receipt_url[:300]
    payment.account_bank, payment.account_number = account.bank[:3], account.number[:40]
    payment.account_holder = account.holder[:200]
    payment.expires_at, payment.read_at = min(account.due_at, moment + LONGEST_WAIT), moment
    return True


def _ways_from(payment: Payment) -> frozenset[str]:
    return TRANSITIONS[payment.state]


def _end(payment: Payment, snapshot: Snapshot, actor: Actor) -> bool:
    """Fail or expire a payment without money. An account that was cancelled before its deposit is over, too."""
    state = NO_MONEY.get(snapshot.state)
    if snapshot.state is GatewayState.CANCELLED and payment.state == Payment.State.WAITING_DEPOSIT:
        state = Payment.State.EXPIRED
    if state is None or payment.captured_won or state not in _ways_from(payment):
        return False
    move_payment(payment=payment, to=state, actor=actor)
    return True


def _capture_key(payment: Payment, snapshot: Snapshot) -> str:
    """The ledger's name of the last capture; a deposit that came again is one of its own."""
    again = f":{payment.captures}" if payment.captures > 1 else ""
    return f"{payment.gateway}:{snapshot.payment_key}:capture{again}"


def _capture(payment: Payment, snapshot: Snapshot, actor: Actor) -> bool:
    if payment.captured_won:
        return False
    payment.captures += 1
    entry = NewEntry(
        key=_capture_key(payment, snapshot),
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
    OpenedWindow.objects.filter(payment=payment).exclude(token="").update(token="")
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
