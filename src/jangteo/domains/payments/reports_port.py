"""What a gateway reports afterwards: every movement, and what it paid into the bank for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from jangteo.domains.payments.ports import GatewayState


class DatedBy(StrEnum):
    """By which of its two days a settlement is looked up: the day of the sale or the day it was paid out."""

    SOLD = "sold"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class GatewayTransaction:
    """One movement of a payment; a payment and each of its cancellations are one each.

    `key` is the gateway's own id, the same as that of the `Cancel` it tells of. `amount_won` is what moved: above 0
    came in, below 0 went back, 0 for a row that moved nothing, such as an account that was issued.
    """

    key: str
    payment_key: str
    order_ref: str
    state: GatewayState
    amount_won: int
    method: str
    at: datetime


@dataclass(frozen=True, slots=True)
class GatewaySettlement:
    """What one movement comes to in the bank, in won as the gateway says it: nothing here is calculated by us.

    `fee_won` includes its VAT, `vat_won`. A cancellation has everything below 0. `key` is that of the transaction, or
    "" where the gateway leaves it out. Days are Korean calendar days.
    """

    key: str
    payment_key: str
    order_ref: str
    method: str
    amount_won: int
    fee_won: int
    vat_won: int
    paid_won: int
    sold_on: date
    paid_on: date


class GatewayReports(Protocol):
    """The reports of one gateway. A report is whole or it is not there: any page that fails raises GatewayUnknown.

    A key that may not read reports raises GatewayRejected.
    """

    name: str

    def transactions(self, *, since: datetime, until: datetime) -> tuple[GatewayTransaction, ...]:
        """Every movement from `since` to before `until`, oldest first. Raises ValueError for naive times."""
        ...

    def settlements(
        self, *, first: date, last: date, dated_by: DatedBy = DatedBy.SOLD
    ) -> tuple[GatewaySettlement, ...] | None:
        """Every settlement of these days, both included. None from a gateway that tells nobody what it pays out:
        that is not the same as having paid nothing.
        """
        ...


class PaymentReports(Protocol):
    """A gateway without lists, which tells of one payment at a time and nothing of what it pays out."""

    name: str

    def movements(self, *, payment_key: str) -> tuple[GatewayTransaction, ...]:
        """Every movement of one payment, oldest first; none for a payment that it does not know or that never moved
        money. Raises GatewayUnknown, and GatewayRejected when the key may not read payments.
        """
        ...
