"""Payments as they stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db.models import F, Q, QuerySet, Sum

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.models import OpenedWindow, Payment, Refund, RefundAccount
from jangteo.domains.payments.ports import PayBy
from jangteo.domains.payments.redirect_port import Opened
from jangteo.kernel import clock
from jangteo.kernel.tenancy import unscoped

UNFINISHED_AFTER = timedelta(minutes=2)
DEPOSIT_EVERY = timedelta(minutes=10)
DUE_EVERY = timedelta(minutes=1)
LATE_MONEY_EVERY = timedelta(minutes=30)
MONEY_MAY_COME_FOR = timedelta(days=3)
# No server stands still for longer; what ended before is no question of today's.
LAST_LOOK_WITHIN = timedelta(days=30)


def payment_for(order_ref: str) -> Payment | None:
    """The card payment of an order, if it has one."""
    return Payment.objects.filter(order_ref=order_ref).first()


def market_of_payment(order_ref: str) -> Market | None:
    """Whose payment this reference names. Asked for a gateway's message, before any market is known."""
    with unscoped():
        payment = Payment.objects.select_related("market").filter(order_ref=order_ref).first()
    return None if payment is None else payment.market


def refunds_of(order_ref: str) -> QuerySet[Refund]:
    """Refunds asked for, oldest first."""
    return Refund.objects.filter(payment__order_ref=order_ref).order_by("pk")


def asked_back_won(payment: Payment) -> tuple[int, int]:
    """Won of all refunds that were not refused, and how much of it for goods without VAT."""
    asked = Refund.objects.filter(payment=payment).exclude(state=Refund.State.REJECTED)
    sums = asked.aggregate(won=Sum("amount_won", default=0), tax_free_won=Sum("tax_free_won", default=0))
    return sums["won"], sums["tax_free_won"]


def opened_window(order_ref: str) -> Opened | None:
    """What was written down of an order's windows: the one being approved, else the last that came back or was opened.

    Asked by gateways that know a payment by their own number only.
    """
    with unscoped():
        windows = OpenedWindow.objects.filter(payment__order_ref=order_ref)
        approved = windows.filter(tid=F("payment__payment_key"))
        newest = F("returned_at").desc(nulls_last=True)
        window = approved.first() or windows.order_by(newest, "-pk").first()
    return None if window is None else Opened(tid=window.tid, token=window.token)


def refund_account(payment: Payment) -> RefundAccount | None:
    """Where the customer wants a deposit back, None as long as nobody said."""
    return RefundAccount.objects.filter(payment=payment).first()


def waits_for_account(payment: Payment) -> bool:
    """True when a deposit cannot go back because nobody said where to, or the bank refused the account."""
    if payment.pay_by != PayBy.ACCOUNT or not payment.captured_won:
        return False
    states = set(refunds_of(payment.order_ref).values_list("state", flat=True))
    if refund_account(payment) is None:
        return Refund.State.QUEUED in states
    return Refund.State.REJECTED in states and not states & {Refund.State.QUEUED, Refund.State.UNKNOWN}


def unfinished_payments(taken_late: Collection[str] = ()) -> QuerySet[Payment]:
    """Payments that somebody must ask the gateway about.

    Sent or unknown for two minutes; past their time; waiting for a deposit, now and then and when it is due. Where
    money can come after we gave up (deposits, and gateways named in `taken_late`) also those that ended lately, and
    once more when that time is over, however long nobody could ask.
    """
    moment = clock.now()
    state = Payment.State
    sent = Q(state__in=[state.REQUESTED, state.UNKNOWN], changed_at__lt=moment - UNFINISHED_AFTER)
    late = Q(state__in=[state.CREATED, state.FAILED], expires_at__lt=moment)
    never = Q(read_at=None)
    seldom, often = never | Q(read_at__lt=moment - DEPOSIT_EVERY), Q(read_at__lt=moment - DUE_EVERY)
    due = Q(state=state.WAITING_DEPOSIT) & (seldom | (often & Q(expires_at__lt=moment)))
    ended = Q(state=state.EXPIRED, changed_at__gt=moment - LAST_LOOK_WITHIN)
    lately = Q(changed_at__gt=moment - MONEY_MAY_COME_FOR, read_at__lt=moment - LATE_MONEY_EVERY)
    last = Q(changed_at__lte=moment - MONEY_MAY_COME_FOR, read_at__lt=F("changed_at") + MONEY_MAY_COME_FOR)
    after = ended & (never | lately | last) & (Q(pay_by=PayBy.ACCOUNT) | Q(gateway__in=list(taken_late)))
    return Payment.objects.filter(sent | late | due | after).order_by("pk")


def is_last_look(payment: Payment) -> bool:
    """True for an ended payment that is asked about once and then no more, so that this one answer has to be booked."""
    if payment.state != Payment.State.EXPIRED:
        return False
    return payment.read_at is None or payment.changed_at <= clock.now() - MONEY_MAY_COME_FOR


def accounts_that_wait() -> QuerySet[Payment]:
    """Payments whose virtual account is open, oldest first."""
    return Payment.objects.filter(state=Payment.State.WAITING_DEPOSIT).order_by("pk")
