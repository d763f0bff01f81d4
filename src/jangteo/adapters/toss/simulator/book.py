"""The payments of the practice gateway and the rules they follow."""

from __future__ import annotations

import random
import string
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

TIME_TO_AUTHENTICATE = timedelta(minutes=30)
TIME_TO_CONFIRM = timedelta(minutes=10)
SMALLEST_WON = {"CARD": 100, "VIRTUAL_ACCOUNT": 200}
WEEK_H = 168

_KEY_LETTERS = string.ascii_letters + string.digits
_MESSAGES = {
    "ALREADY_CANCELED_PAYMENT": (400, "이미 취소된 결제 입니다."),
    "ALREADY_PROCESSED_PAYMENT": (400, "이미 처리된 결제 입니다."),
    "BELOW_MINIMUM_AMOUNT": (400, "신용카드는 결제금액이 100원 이상, 계좌는 200원이상부터 결제가 가능합니다."),
    "INVALID_REQUEST": (400, "잘못된 요청입니다."),
    "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT": (403, "입금 대기중인 결제는 부분 환불이 불가합니다."),
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
    method: str = "CARD"
    due_hours: int = WEEK_H


@dataclass(frozen=True, slots=True)
class CancelRequest:
    """What a cancellation asks for. No amount means all that is left; `refund_to` says bank, number and holder."""

    reason: str
    amount_won: int | None = None
    tax_free_won: int = 0
    refund_to: tuple[str, str, str] | None = None


@dataclass(slots=True)
class Movement:
    """One row of the transactions. `won` is below 0 for money that went back."""

    key: str
    status: str
    won: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PracticeCancel:
    """One cancellation."""

    transaction_key: str
    amount_won: int
    tax_free_won: int
    refundable_won: int
    reason: str
    at: datetime
    refund_to: tuple[str, str, str] | None = None


@dataclass(slots=True)
class PracticePayment:
    """One payment, changed only by the book and under its lock."""

    payment_key: str
    order: Order
    requested_at: datetime
    secret: str
    status: str = "READY"
    authenticated_at: datetime | None = None
    approved_at: datetime | None = None
    account_number: str = ""
    due_at: datetime | None = None
    failure: str = ""
    cancels: list[PracticeCancel] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)

    @property
    def balance_won(self) -> int:
        """What can still be cancelled."""
        return self.order.amount_won - sum(cancel.amount_won for cancel in self.cancels)

    @property
    def tax_free_balance_won(self) -> int:
        """The tax-free part of it."""
        return self.order.tax_free_won - sum(cancel.tax_free_won for cancel in self.cancels)

    @property
    def was_confirmed(self) -> bool:
        """True once the money was taken or the account was issued."""
        return bool(self.movements)

    def is_over_due(self, at: datetime) -> bool:
        """True when the account takes no deposit any more."""
        return self.status == "WAITING_FOR_DEPOSIT" and self.due_at is not None and at > self.due_at


class Book:
    """Every payment since the start, after those `known` from before. `changed` is called, inside the lock, after each
    status change.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        seed: int | None,
        changed: Callable[[PracticePayment], None],
        known: Iterable[PracticePayment] = (),
    ) -> None:
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - must repeat with a seed; the money is play money
        self._changed = changed
        self._payments = {payment.payment_key: payment for payment in known}
        self.lock = threading.RLock()

    def open(self, order: Order) -> PracticePayment:
        """A new payment, as the window opens. Raises Refusal for an amount below the minimum."""
        if order.amount_won < SMALLEST_WON[order.method]:
            raise Refusal("BELOW_MINIMUM_AMOUNT")
        with self.lock:
            payment = PracticePayment(
                f"tgen_{self._letters(32)}", order, self._clock(), secret=f"ps_{self._letters(24)}"
            )
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
        """Take the money, or issue the account that it is to be paid into. Raises Refusal."""
        with self.lock:
            payment = self.find(payment_key)
            if payment.was_confirmed:
                raise Refusal("ALREADY_PROCESSED_PAYMENT")
            if payment.status != "IN_PROGRESS" or payment.order.order_id != order_id:
                raise Refusal("NOT_FOUND_PAYMENT_SESSION")
            if payment.order.amount_won != amount_won:
                raise Refusal("INVALID_REQUEST")
            if payment.order.method == "VIRTUAL_ACCOUNT":
                payment.account_number = "".join(self._chance.choices(string.digits, k=14))
                payment.due_at = self._clock() + timedelta(hours=payment.order.due_hours)
                self._note(payment, "WAITING_FOR_DEPOSIT", amount_won)
            else:
                payment.approved_at = self._clock()
                self._note(payment, "DONE", amount_won)
            return payment

    def deposit(self, payment_key: str, *, late: bool = False) -> PracticePayment:
        """The customer pays into the account; with `late` the bank tells of it only after the account is over.

        Raises Refusal when no account waits for the money.
        """
        with self.lock:
            payment = self.find(payment_key)
            if payment.status != "WAITING_FOR_DEPOSIT" or payment.is_over_due(self._clock()) is not late:
                raise Refusal("INVALID_REQUEST")
            payment.approved_at = self._clock()
            self._note(payment, "DONE", payment.order.amount_won)
            return payment

    def undo_deposit(self, payment_key: str) -> PracticePayment:
        """The bank takes its word back: the payment waits for the deposit again. Raises Refusal."""
        with self.lock:
            payment = self.find(payment_key)
            if payment.status != "DONE" or not payment.account_number:
                raise Refusal("INVALID_REQUEST")
            payment.approved_at = None
            # No new row: the one that told of the deposit tells of nothing now.
            payment.movements[-1].status = "WAITING_FOR_DEPOSIT"
            self._move(payment, "WAITING_FOR_DEPOSIT")
            return payment

    def decline(self, payment_key: str) -> PracticePayment:
        """The card company says no, whatever the request. Raises Refusal."""
        with self.lock:
            payment = self.find(payment_key)
            if payment.status == "IN_PROGRESS":
                payment.failure = "REJECT_CARD_PAYMENT"
                self._move(payment, "ABORTED")
            raise Refusal("REJECT_CARD_PAYMENT")

    def cancel(self, payment_key: str, wanted: CancelRequest) -> PracticePayment:
        """Give money back. Raises Refusal.

        Toss does not say what it answers to a tax-free part that the payment does not have, nor to a deposit that
        should go back to nobody's account; here both are refused.
        """
        with self.lock:
            payment = self.find(payment_key)
            amount_won = payment.balance_won if wanted.amount_won is None else wanted.amount_won
            _check_cancel(payment, wanted, amount_won)
            left = payment.balance_won - amount_won
            key, at = self._transaction_key(), self._clock()
            payment.cancels.append(
                PracticeCancel(key, amount_won, wanted.tax_free_won, left, wanted.reason, at, wanted.refund_to)
            )
            paid = payment.approved_at is not None
            self._note(payment, "PARTIAL_CANCELED" if left else "CANCELED", -amount_won if paid else 0, key)
            return payment

    def payments(self) -> list[PracticePayment]:
        """All of them, oldest first."""
        with self.lock:
            return list(self._payments.values())

    def find(self, payment_key: str) -> PracticePayment:
        """The payment as it stands now. Raises Refusal."""
        with self.lock:
            if payment_key not in self._payments:
                raise Refusal("NOT_FOUND_PAYMENT")
            payment = self._payments[payment_key]
            self._expire(payment)
            return payment

    def find_order(self, order_id: str) -> PracticePayment:
        """The order's confirmed payment, else the last one that was opened for it. Raises Refusal."""
        with self.lock:
            found = [p for p in self._payments.values() if p.order.order_id == order_id]
            if not found:
                raise Refusal("NOT_FOUND_PAYMENT")
            confirmed = [payment for payment in found if payment.was_confirmed]
            return self.find((confirmed or found)[-1].payment_key)

    def _expire(self, payment: PracticePayment) -> None:
        deadlines = {
            "READY": payment.requested_at + TIME_TO_AUTHENTICATE,
            "IN_PROGRESS": (payment.authenticated_at or payment.requested_at) + TIME_TO_CONFIRM,
        }
        deadline = deadlines.get(payment.status)
        if deadline is not None and self._clock() > deadline:
            self._move(payment, "EXPIRED")

    def _note(self, payment: PracticePayment, status: str, won: int, key: str = "") -> None:
        payment.movements.append(Movement(key or self._transaction_key(), status, won, self._clock()))
        self._move(payment, status)

    def _move(self, payment: PracticePayment, status: str) -> None:
        payment.status = status
        self._changed(payment)

    def _transaction_key(self) -> str:
        return self._letters(32).upper()

    def _letters(self, count: int) -> str:
        return "".join(self._chance.choices(_KEY_LETTERS, k=count))


def _check_cancel(payment: PracticePayment, wanted: CancelRequest, amount_won: int) -> None:
    waits = payment.status == "WAITING_FOR_DEPOSIT"
    tax_free_left = payment.tax_free_balance_won
    # Nobody's money goes back before the deposit, so its tax-free part is of no interest.
    fits = waits or (
        0 <= wanted.tax_free_won <= tax_free_left
        and amount_won - wanted.tax_free_won <= payment.balance_won - tax_free_left
    )
    checks = (
        (payment.status != "CANCELED", "ALREADY_CANCELED_PAYMENT"),
        (waits or payment.status in {"DONE", "PARTIAL_CANCELED"}, "NOT_CANCELABLE_PAYMENT"),
        (0 < amount_won <= payment.balance_won, "NOT_CANCELABLE_AMOUNT"),
        (fits, "NOT_CANCELABLE_AMOUNT"),
        (not waits or amount_won == payment.balance_won, "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT"),
        (waits or not payment.account_number or wanted.refund_to is not None, "INVALID_REQUEST"),
    )
    for holds, code in checks:
        if not holds:
            raise Refusal(code)
