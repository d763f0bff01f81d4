"""The payments of the practice gateway and the rules they follow."""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

SMALLEST_CARD_PAYMENT_WON = 100

_STATUSES = {
    "ALREADY_PAID": 409,
    "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN": 409,
    "CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT": 409,
    "CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT": 409,
    "CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT": 409,
    "CASH_RECEIPT_ALREADY_ISSUED": 409,
    "CASH_RECEIPT_NOT_FOUND": 404,
    "CASH_RECEIPT_NOT_ISSUED": 409,
    "CHANNEL_NOT_FOUND": 404,
    "INVALID_REQUEST": 400,
    "PAYMENT_ALREADY_CANCELLED": 409,
    "PAYMENT_NOT_FOUND": 404,
    "PAYMENT_NOT_PAID": 409,
    "PLATFORM_TRANSFER_NOT_FOUND": 404,
    "SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT": 409,
}


class Refusal(Exception):
    """The gateway's no: a documented type with its HTTP status."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.status = _STATUSES[kind]


@dataclass(frozen=True, slots=True)
class Order:
    """What the shop's page asked the window to collect."""

    payment_id: str
    order_name: str
    amount_won: int
    tax_free_won: int
    redirect_url: str


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """What a cancellation asks for. No amount means all that is left."""

    reason: str
    amount_won: int | None
    tax_free_won: int
    expected_balance_won: int | None


@dataclass(frozen=True, slots=True)
class PracticeCancel:
    """One cancellation that was done."""

    id: str
    amount_won: int
    tax_free_won: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of money. `cancel` is None for the payment itself."""

    id: str
    kind: str
    payment: PracticePayment
    cancel: PracticeCancel | None
    amount_won: int
    at: datetime


@dataclass(slots=True)
class PracticePayment:
    """One payment, changed only by the book and under its lock. A new try in the window has a new transaction."""

    order: Order
    transaction_id: str
    requested_at: datetime
    changed_at: datetime
    status: str = "READY"
    paid_at: datetime | None = None
    failure: str = ""
    channel_type: str = "LIVE"
    cancels: list[PracticeCancel] = field(default_factory=list)

    @property
    def balance_won(self) -> int:
        """What can still be cancelled."""
        return self.order.amount_won - sum(cancel.amount_won for cancel in self.cancels)

    @property
    def tax_free_balance_won(self) -> int:
        """The tax-free part of it."""
        return self.order.tax_free_won - sum(cancel.tax_free_won for cancel in self.cancels)


class Book:
    """Every payment since the start. `changed` is called, inside the lock, after each change with the webhook's type
    and the id of the cancellation it is about, or "".
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        seed: int | None,
        changed: Callable[[PracticePayment, str, str], None],
    ) -> None:
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - must repeat with a seed; the money is play money
        self._changed = changed
        self._payments: dict[str, PracticePayment] = {}
        self._fixed: dict[str, tuple[int, int]] = {}
        self._movements: list[Movement] = []
        self.lock = threading.RLock()

    def fix(self, payment_id: str, amount_won: int, tax_free_won: int) -> None:
        """Pre-register: the window will take no other amounts. Raises Refusal."""
        with self.lock:
            if not 0 <= tax_free_won <= amount_won:
                raise Refusal("INVALID_REQUEST")
            self._refuse_paid(payment_id)
            self._fixed[payment_id] = (amount_won, tax_free_won)

    def open(self, order: Order) -> PracticePayment:
        """The window opens; it may have been opened before for the same payment. Raises Refusal."""
        with self.lock:
            if order.amount_won < SMALLEST_CARD_PAYMENT_WON:
                raise Refusal("INVALID_REQUEST")
            if self._fixed.get(order.payment_id) not in (None, (order.amount_won, order.tax_free_won)):
                raise Refusal("INVALID_REQUEST")
            self._refuse_paid(order.payment_id)
            moment = self._clock()
            payment = PracticePayment(order, self._id(), moment, moment)
            self._payments[order.payment_id] = payment
            self._changed(payment, "Transaction.Ready", "")
            return payment

    def pay(self, payment_id: str, *, declined: bool = False) -> PracticePayment:
        """The customer pays in the window, or the card company says no. Raises Refusal."""
        with self.lock:
            self._refuse_paid(payment_id)
            payment = self.find(payment_id)
            if declined:
                payment.failure = "REJECT_CARD_PAYMENT"
                self._move(payment, "FAILED", "Transaction.Failed")
            else:
                payment.paid_at = self._clock()
                self._note(payment, "PAID", None, payment.order.amount_won)
                self._move(payment, "PAID", "Transaction.Paid")
            return payment

    def cancel(self, payment_id: str, asked: CancelRequest) -> PracticeCancel:
        """Give money back. Raises Refusal."""
        with self.lock:
            payment = self.find(payment_id)
            amount_won = payment.balance_won if asked.amount_won is None else asked.amount_won
            _check_cancel(payment, asked, amount_won)
            done = PracticeCancel(self._id(), amount_won, asked.tax_free_won, asked.reason, self._clock())
            payment.cancels.append(done)
            self._note(payment, "PARTIAL_CANCELLED" if payment.balance_won else "CANCELLED", done, -amount_won)
            if payment.balance_won:
                self._move(payment, "PARTIAL_CANCELLED", "Transaction.PartialCancelled", done.id)
            else:
                self._move(payment, "CANCELLED", "Transaction.Cancelled", done.id)
            return done

    def find(self, payment_id: str) -> PracticePayment:
        """The payment as it stands now. Raises Refusal."""
        with self.lock:
            if payment_id not in self._payments:
                raise Refusal("PAYMENT_NOT_FOUND")
            return self._payments[payment_id]

    def between(self, since: datetime, until: datetime) -> list[Movement]:
        """What moved in this time, oldest first."""
        with self.lock:
            return [movement for movement in self._movements if since <= movement.at < until]

    def _note(self, payment: PracticePayment, kind: str, cancel: PracticeCancel | None, amount_won: int) -> None:
        self._movements.append(Movement(self._id(), kind, payment, cancel, amount_won, self._clock()))

    def _refuse_paid(self, payment_id: str) -> None:
        payment = self._payments.get(payment_id)
        if payment is not None and payment.paid_at is not None:
            raise Refusal("ALREADY_PAID")

    def _move(self, payment: PracticePayment, status: str, event: str, cancellation_id: str = "") -> None:
        payment.status = status
        payment.changed_at = self._clock()
        self._changed(payment, event, cancellation_id)

    def _id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))


def _check_cancel(payment: PracticePayment, asked: CancelRequest, amount_won: int) -> None:
    taxable_left = payment.balance_won - payment.tax_free_balance_won
    checks = (
        (payment.status != "CANCELLED", "PAYMENT_ALREADY_CANCELLED"),
        (payment.status in {"PAID", "PARTIAL_CANCELLED"}, "PAYMENT_NOT_PAID"),
        (asked.expected_balance_won in (None, payment.balance_won), "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN"),
        (amount_won > 0, "INVALID_REQUEST"),
        (asked.tax_free_won <= amount_won, "SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT"),
        (amount_won <= payment.balance_won, "CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT"),
        (
            asked.tax_free_won <= payment.tax_free_balance_won,
            "CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT",
        ),
        (amount_won - asked.tax_free_won <= taxable_left, "CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT"),
    )
    for holds, kind in checks:
        if not holds:
            raise Refusal(kind)
