"""The payments of the practice KakaoPay and the rules they follow."""

from __future__ import annotations

import random
import string
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

TIME_TO_APPROVE = timedelta(minutes=15)

_HEX = "0123456789abcdef"
_LETTERS = string.ascii_letters + string.digits
_MESSAGES = {
    -701: "payment is not authenticated yet",
    -702: "payment is already done!",
    -704: "total_amount differs from ready",
    -706: "partner_order_id differs from ready",
    -707: "partner_user_id differs from ready",
    -708: "pg_token is not valid",
    -710: "cancel amount is larger than what can be cancelled",
    -721: "tid does not exist",
    -722: "amounts are not valid",
    -723: "payment time is over",
    -780: "approval failure!",
    -784: "payment cannot be cancelled in this status",
}


class Refusal(Exception):
    """KakaoPay's no: a code of the published table, and what the means of payment said, if it was asked."""

    def __init__(self, code: int, method_code: str = "", method_said: str = "") -> None:
        super().__init__(str(code))
        self.code = code
        self.message = _MESSAGES[code]
        self.method_code, self.method_said = method_code, method_said


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum with the parts that KakaoPay tells; VAT is an eleventh of the taxable part, rounded half up."""

    total_won: int
    tax_free_won: int

    @property
    def vat_won(self) -> int:
        return (2 * (self.total_won - self.tax_free_won) + 11) // 22

    def less(self, other: Amount) -> Amount:
        return Amount(self.total_won - other.total_won, self.tax_free_won - other.tax_free_won)


@dataclass(frozen=True, slots=True)
class Order:
    """What /ready was asked for."""

    order_id: str
    user_id: str
    item_name: str
    amount: Amount
    approval_url: str
    cancel_url: str
    fail_url: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of payment_action_details: an approval or a cancellation."""

    kind: str
    aid: str
    amount: Amount
    payload: str
    at: datetime


@dataclass(slots=True)
class PracticePayment:
    """One payment, changed only by the book and under its lock. `window` names its page, `token` its approval."""

    tid: str
    window: str
    order: Order
    created_at: datetime
    status: str = "READY"
    token: str = ""
    deeds: list[Deed] = field(default_factory=list)

    @property
    def approval(self) -> Deed | None:
        return next((deed for deed in self.deeds if deed.kind == "PAYMENT"), None)

    @property
    def cancels(self) -> list[Deed]:
        return [deed for deed in self.deeds if deed.kind == "CANCEL"]

    @property
    def cancelled(self) -> Amount:
        """What was given back."""
        gone = self.cancels
        return Amount(sum(one.amount.total_won for one in gone), sum(one.amount.tax_free_won for one in gone))

    @property
    def left(self) -> Amount:
        """What can still be cancelled; nothing before the approval."""
        return self.order.amount.less(self.cancelled) if self.approval else Amount(0, 0)


@dataclass(frozen=True, slots=True)
class Approval:
    """What /approve was asked for."""

    tid: str
    order_id: str
    user_id: str
    token: str
    total_won: int | None
    payload: str


@dataclass(frozen=True, slots=True)
class Cancellation:
    """What /cancel was asked for. `available_won` is None when the shop did not say it."""

    tid: str
    amount: Amount
    available_won: int | None
    payload: str


class Book:
    """Every payment since the start."""

    def __init__(self, *, clock: Callable[[], datetime], seed: int | None) -> None:
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - must repeat with a seed; the money is play money
        self._payments: dict[str, PracticePayment] = {}
        self.lock = threading.RLock()

    def open(self, order: Order) -> PracticePayment:
        """A new payment. Raises Refusal for amounts that cannot be."""
        if order.amount.total_won <= 0 or order.amount.tax_free_won > order.amount.total_won:
            raise Refusal(-722)
        with self.lock:
            payment = PracticePayment(self._number("T"), self._letters(_LETTERS, 32), order, self._clock())
            self._payments[payment.tid] = payment
            return payment

    def authenticate(self, payment: PracticePayment) -> PracticePayment:
        """The customer has agreed in the window. Doing it twice changes nothing. Raises Refusal."""
        with self.lock:
            if self._is_late(payment) or payment.status not in {"READY", "AUTH_PASSWORD"}:
                raise Refusal(-723)
            if payment.status == "READY":
                payment.status = "AUTH_PASSWORD"
                payment.token = self._letters(_LETTERS, 20)
            return payment

    def quit(self, payment: PracticePayment) -> None:
        """The customer has given up in the window."""
        with self.lock:
            if payment.approval is None:
                payment.status = "QUIT_PAYMENT"

    def approve(self, asked: Approval) -> PracticePayment:
        """Take the money. Raises Refusal."""
        with self.lock:
            payment, order = self.find(asked.tid), self.find(asked.tid).order
            checks = (
                (payment.approval is None, -702),
                (not self._is_late(payment), -723),
                (payment.status == "AUTH_PASSWORD", -701),
                (asked.order_id == order.order_id, -706),
                (asked.user_id == order.user_id, -707),
                (asked.token == payment.token, -708),
                (asked.total_won in (None, order.amount.total_won), -704),
            )
            for holds, code in checks:
                if not holds:
                    raise Refusal(code)
            payment.status = "SUCCESS_PAYMENT"
            self._did(payment, "PAYMENT", order.amount, asked.payload)
            return payment

    def decline(self, asked: Approval) -> PracticePayment:
        """The means of payment says no, whatever the request. Raises Refusal."""
        with self.lock:
            payment = self.find(asked.tid)
            if payment.approval is None:
                payment.status = "FAIL_PAYMENT"
            raise Refusal(-780, "LACK_BALANCE", "잔액이 부족합니다.")

    def cancel(self, asked: Cancellation) -> PracticePayment:
        """Give money back. Raises Refusal.

        The documentation does not name the code for another balance than the one said, nor for a tax-free part that
        the payment does not have. Here both are -722.
        """
        with self.lock:
            payment = self.find(asked.tid)
            if payment.status not in {"SUCCESS_PAYMENT", "PART_CANCEL_PAYMENT"}:
                raise Refusal(-784)
            if asked.available_won not in (None, payment.left.total_won):
                raise Refusal(-722)
            if not 0 < asked.amount.total_won <= payment.left.total_won:
                raise Refusal(-710)
            left = payment.left.less(asked.amount)
            if asked.amount.tax_free_won > asked.amount.total_won or not 0 <= left.tax_free_won <= left.total_won:
                raise Refusal(-722)
            self._did(payment, "CANCEL", asked.amount, asked.payload)
            payment.status = "PART_CANCEL_PAYMENT" if left.total_won else "CANCEL_PAYMENT"
            return payment

    def find(self, tid: str) -> PracticePayment:
        """The payment. Raises Refusal."""
        with self.lock:
            if tid not in self._payments:
                raise Refusal(-721)
            return self._payments[tid]

    def find_window(self, window: str) -> PracticePayment:
        """The payment whose page this is. Raises Refusal."""
        with self.lock:
            for payment in self._payments.values():
                if payment.window == window:
                    return payment
            raise Refusal(-721)

    def _is_late(self, payment: PracticePayment) -> bool:
        return self._clock() > payment.created_at + TIME_TO_APPROVE

    def _did(self, payment: PracticePayment, kind: str, amount: Amount, payload: str) -> None:
        payment.deeds.append(Deed(kind, self._number("A"), amount, payload, self._clock()))

    def _number(self, letter: str) -> str:
        return letter + self._letters(_HEX, 19)

    def _letters(self, of: str, count: int) -> str:
        return "".join(self._chance.choices(of, k=count))
