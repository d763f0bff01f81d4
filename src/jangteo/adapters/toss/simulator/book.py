"""The payments of the practice gateway and the rules they follow."""

from __future__ import annotations

import random
import string
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

TIME_TO_AUTHENTICATE = timedelta(minutes=30)
TIME_TO_CONFIRM = timedelta(minutes=10)
SMALLEST_CARD_PAYMENT_WON = 100

_KEY_LETTERS = string.ascii_letters + string.digits
_MESSAGES = {
    "ALREADY_CANCELED_PAYMENT": (400, "이미 취소된 결제 입니다."),
    "ALREADY_PROCESSED_PAYMENT": (400, "이미 처리된 결제 입니다."),
    "BELOW_MINIMUM_AMOUNT": (400, "신용카드는 결제금액이 100원 이상부터 결제가 가능합니다."),
    "INVALID_REQUEST": (400, "잘못된 요청입니다."),
    "NOT_CANCELABLE_AMOUNT": (403, "취소 할 수 없는 금액 입니다."),
    "NOT_CANCELABLE_PAYMENT": (403, "취소 할 수 없는 결제 입니다."),
    "NOT_FOUND_PAYMENT": (404, "존재하지 않는 결제 정보 입니다."),
    "NOT_FOUND_PAYMENT_SESSION": (404, "결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다."),
    "REJECT_CARD_PAYMENT": (403, "한도초과 혹은 잔액부족으로 결제에 실패했습니다."),
}


class Refusal(Exception):
    """The gateway's no: a documented code with its HTTP status and message."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.status, self.message = _MESSAGES[code]


@dataclass(frozen=True, slots=True)
class Order:
    """What the shop's page asked the window to collect."""

    order_id: str
    order_name: str
    amount_won: int
    tax_free_won: int
    success_url: str
    fail_url: str


@dataclass(frozen=True, slots=True)
class PracticeCancel:
    """One cancellation."""

    transaction_key: str
    amount_won: int
    tax_free_won: int
    refundable_won: int
    reason: str
    at: datetime


@dataclass(slots=True)
class PracticePayment:
    """One payment, changed only by the book and under its lock."""

    payment_key: str
    order: Order
    requested_at: datetime
    status: str = "READY"
    authenticated_at: datetime | None = None
    approved_at: datetime | None = None
    transaction_key: str = ""
    failure: str = ""
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
    """Every payment since the start. `changed` is called, inside the lock, after each status change."""

    def __init__(
        self, *, clock: Callable[[], datetime], seed: int | None, changed: Callable[[PracticePayment], None]
    ) -> None:
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - must repeat with a seed; the money is play money
        self._changed = changed
        self._payments: dict[str, PracticePayment] = {}
        self.lock = threading.RLock()

    def open(self, order: Order) -> PracticePayment:
        """A new payment, as the window opens. Raises Refusal for an amount below the card minimum."""
        if order.amount_won < SMALLEST_CARD_PAYMENT_WON:
            raise Refusal("BELOW_MINIMUM_AMOUNT")
        with self.lock:
            payment = PracticePayment(f"tgen_{self._letters(32)}", order, self._clock())
            self._payments[payment.payment_key] = payment
            return payment

    def authenticate(self, payment_key: str) -> PracticePayment:
        """The customer has agreed in the window. Doing it twice changes nothing. Raises Refusal."""
        with self.lock:
            payment = self.find(payment_key)
            if payment.status == "READY":
                payment.status = "IN_PROGRESS"
                payment.authenticated_at = self._clock()
            if payment.status in {"EXPIRED", "ABORTED"}:
                raise Refusal("NOT_FOUND_PAYMENT_SESSION")
            return payment

    def confirm(self, payment_key: str, order_id: str, amount_won: int) -> PracticePayment:
        """Take the money. Raises Refusal."""
        with self.lock:
            payment = self.find(payment_key)
            if payment.approved_at is not None:
                raise Refusal("ALREADY_PROCESSED_PAYMENT")
            if payment.status != "IN_PROGRESS" or payment.order.order_id != order_id:
                raise Refusal("NOT_FOUND_PAYMENT_SESSION")
            if payment.order.amount_won != amount_won:
                raise Refusal("INVALID_REQUEST")
            payment.approved_at = self._clock()
            payment.transaction_key = self._transaction_key()
            self._move(payment, "DONE")
            return payment

    def decline(self, payment_key: str) -> PracticePayment:
        """The card company says no, whatever the request. Raises Refusal."""
        with self.lock:
            payment = self.find(payment_key)
            if payment.status == "IN_PROGRESS":
                payment.failure = "REJECT_CARD_PAYMENT"
                self._move(payment, "ABORTED")
            raise Refusal("REJECT_CARD_PAYMENT")

    def cancel(self, payment_key: str, *, reason: str, amount_won: int | None, tax_free_won: int) -> PracticePayment:
        """Give money back; no amount means all that is left. Raises Refusal.

        Toss does not say what it answers to a tax-free part that the payment does not have; here it is refused.
        """
        with self.lock:
            payment = self.find(payment_key)
            if payment.status == "CANCELED":
                raise Refusal("ALREADY_CANCELED_PAYMENT")
            if payment.status not in {"DONE", "PARTIAL_CANCELED"}:
                raise Refusal("NOT_CANCELABLE_PAYMENT")
            amount = payment.balance_won if amount_won is None else amount_won
            taxable_left = payment.balance_won - payment.tax_free_balance_won
            if not 0 < amount <= payment.balance_won:
                raise Refusal("NOT_CANCELABLE_AMOUNT")
            if not 0 <= tax_free_won <= payment.tax_free_balance_won or amount - tax_free_won > taxable_left:
                raise Refusal("NOT_CANCELABLE_AMOUNT")
            left = payment.balance_won - amount
            payment.cancels.append(
                PracticeCancel(self._transaction_key(), amount, tax_free_won, left, reason, self._clock())
            )
            self._move(payment, "PARTIAL_CANCELED" if left else "CANCELED")
            return payment

    def find(self, payment_key: str) -> PracticePayment:
        """The payment as it stands now. Raises Refusal."""
        with self.lock:
            if payment_key not in self._payments:
                raise Refusal("NOT_FOUND_PAYMENT")
            payment = self._payments[payment_key]
            self._expire(payment)
            return payment

    def find_order(self, order_id: str) -> PracticePayment:
        """The order's approved payment, else the last one that was opened for it. Raises Refusal."""
        with self.lock:
            found = [p for p in self._payments.values() if p.order.order_id == order_id]
            if not found:
                raise Refusal("NOT_FOUND_PAYMENT")
            approved = [payment for payment in found if payment.approved_at is not None]
            return self.find((approved or found)[-1].payment_key)

    def _expire(self, payment: PracticePayment) -> None:
        deadlines = {
            "READY": payment.requested_at + TIME_TO_AUTHENTICATE,
            "IN_PROGRESS": (payment.authenticated_at or payment.requested_at) + TIME_TO_CONFIRM,
        }
        deadline = deadlines.get(payment.status)
        if deadline is not None and self._clock() > deadline:
            self._move(payment, "EXPIRED")

    def _move(self, payment: PracticePayment, status: str) -> None:
        payment.status = status
        self._changed(payment)

    def _transaction_key(self) -> str:
        return self._letters(32).upper()

    def _letters(self, count: int) -> str:
        return "".join(self._chance.choices(_KEY_LETTERS, k=count))
