"""The cash receipts of the practice gateway: one per payment, also for money that did not pass it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jangteo.adapters._wire import BadShape, Record
from jangteo.adapters.portone.simulator.book import Refusal

LONGEST_PAYMENT_ID = 64


@dataclass(slots=True)
class PracticeReceipt:
    """One receipt. The number it was issued on is kept like at PortOne: not at all."""

    payment_id: str
    use: str
    order_name: str
    amount_won: int
    tax_free_won: int
    vat_won: int
    issue_number: str
    issued_at: datetime
    cancelled_at: datetime | None = None


class Receipts:
    """Every receipt since the start."""

    def __init__(self, *, clock: Callable[[], datetime], channel_key: str) -> None:
        self._clock = clock
        self._channel_key = channel_key
        self._receipts: dict[str, PracticeReceipt] = {}
        self._issued = 0
        self.lock = threading.RLock()

    def issue(self, asked: Record) -> PracticeReceipt:
        """Issue one. A receipt that was taken back makes room for another. Raises Refusal and BadShape."""
        payment_id = asked.text("paymentId", longest=LONGEST_PAYMENT_ID)
        amount = asked.record("amount")
        total_won = amount.won("total")
        tax_free_won = amount.won("taxFree") if amount.has("taxFree") else 0
        vat_won = amount.won("vat") if amount.has("vat") else round_vat(total_won - tax_free_won)
        _check(asked, total_won, tax_free_won + vat_won)
        if asked.text("channelKey", longest=200) != self._channel_key:
            raise Refusal("CHANNEL_NOT_FOUND")
        with self.lock:
            earlier = self._receipts.get(payment_id)
            if earlier is not None and earlier.cancelled_at is None:
                raise Refusal("CASH_RECEIPT_ALREADY_ISSUED")
            self._issued += 1
            receipt = PracticeReceipt(
                payment_id=payment_id,
                use=asked.text("type", longest=20),
                order_name=asked.text("orderName", longest=200),
                amount_won=total_won,
                tax_free_won=tax_free_won,
                vat_won=vat_won,
                issue_number=f"{self._issued:09}",
                issued_at=self._clock(),
            )
            self._receipts[payment_id] = receipt
            return receipt

    def cancel(self, payment_id: str) -> PracticeReceipt:
        """Take one back. Raises Refusal."""
        with self.lock:
            receipt = self.find(payment_id)
            if receipt.cancelled_at is not None:
                raise Refusal("CASH_RECEIPT_NOT_ISSUED")
            receipt.cancelled_at = self._clock()
            return receipt

    def find(self, payment_id: str) -> PracticeReceipt:
        """The last receipt of a payment. Raises Refusal."""
        with self.lock:
            if payment_id not in self._receipts:
                raise Refusal("CASH_RECEIPT_NOT_FOUND")
            return self._receipts[payment_id]


def round_vat(taxable_won: int) -> int:
    """The VAT in a taxable amount: what remains beside amount * 10 / 11, rounded half up."""
    return taxable_won - (taxable_won * 20 + 11) // 22


def _check(asked: Record, total_won: int, parts_won: int) -> None:
    if asked.text("type", longest=20) not in {"PERSONAL", "CORPORATE"}:
        raise BadShape("type is neither PERSONAL nor CORPORATE")
    if asked.text("currency", longest=3) != "KRW":
        raise BadShape("currency is not KRW")
    customer = asked.record("customer")
    if not customer.text("identityNumber", longest=20).isdecimal():
        raise BadShape("customer.identityNumber is not digits")
    if customer.text_or_none("identityNumberType", longest=20) not in {None, "PHONE", "CARD", "BUSINESS"}:
        raise BadShape("customer.identityNumberType is not a documented one")
    if total_won == 0 or parts_won > total_won:
        raise BadShape("amount does not add up")
