"""The payments of the practice Naver Pay and the rules they follow."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from jangteo.kernel.clock import KST

# This one's own rule; the documentation that was read does not say how long an approval may take.
TIME_TO_APPLY = timedelta(minutes=10)


class Refusal(Exception):
    """Naver Pay's no: a result code with its message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Order:
    """What the script was opened with."""

    pay_key: str
    product_name: str
    total_won: int
    tax_free_won: int
    return_url: str


@dataclass(slots=True)
class PracticePayment:
    """One payment, changed only by the book and under its lock. It has its paymentId once the customer agreed."""

    reserve_id: str
    order: Order
    payment_id: str = ""
    agreed_at: datetime | None = None
    applied_at: datetime | None = None


class Book:
    """Every payment since the start."""

    def __init__(self, *, clock: Callable[[], datetime], seed: int | None) -> None:
        self._clock = clock
        self._chance = random.Random(seed)  # noqa: S311 - must repeat with a seed; the money is play money
        self._payments: list[PracticePayment] = []
        self.lock = threading.RLock()

    def open(self, order: Order) -> PracticePayment:
        """A new payment, as the window opens. Raises Refusal for amounts that cannot be."""
        if order.total_won <= 0 or order.tax_free_won > order.total_won:
            raise Refusal("InvalidPayAmount", "결제 금액을 확인해 주세요.")
        with self.lock:
            payment = PracticePayment(f"{self._chance.randrange(10**16):016}", order)
            self._payments.append(payment)
            return payment

    def agree(self, payment: PracticePayment) -> PracticePayment:
        """The customer has agreed in the window. Doing it twice changes nothing."""
        with self.lock:
            if payment.agreed_at is None:
                payment.agreed_at = self._clock()
                day = payment.agreed_at.astimezone(KST).strftime("%Y%m%d")
                payment.payment_id = f"{day}NP{self._chance.randrange(10**10):010}"
            return payment

    def apply(self, payment_id: str) -> PracticePayment:
        """Take the money. Raises Refusal."""
        with self.lock:
            payment = next((one for one in self._payments if payment_id and one.payment_id == payment_id), None)
            if payment is None or payment.agreed_at is None:
                raise Refusal("Fail", "결제 정보를 찾을 수 없습니다.")
            if payment.applied_at is not None:
                raise Refusal("AlreadyComplete", "이미 완료된 결제입니다.")
            if self._clock() > payment.agreed_at + TIME_TO_APPLY:
                raise Refusal("TimeExpired", "결제 승인 가능 시간이 지났습니다.")
            payment.applied_at = self._clock()
            return payment

    def find_window(self, reserve_id: str) -> PracticePayment:
        """The payment whose page this is. Raises Refusal."""
        with self.lock:
            for payment in self._payments:
                if payment.reserve_id == reserve_id:
                    return payment
            raise Refusal("Fail", "결제 정보를 찾을 수 없습니다.")
