"""What an issuer of cash receipts (현금영수증) must offer. Adapters speak each issuer's own protocol behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

# Who wants no receipt gets one on this number, where the law asks for a receipt all the same.
SELF_ISSUE_NUMBER = "0100001234"


class ReceiptUse(StrEnum):
    """What the customer uses it for: deduction from income, or proof of a business expense."""

    PERSONAL = "personal"
    CORPORATE = "corporate"


class IdentifierKind(StrEnum):
    """What the customer is identified by."""

    PHONE = "phone"
    CARD = "card"
    BUSINESS = "business"


class ReceiptState(StrEnum):
    """Where a receipt stands at its issuer."""

    ISSUED = "issued"
    CANCELLED = "cancelled"
    FAILED = "failed"


_DIGITS = {
    IdentifierKind.PHONE: re.compile(r"01[0-9]{8,9}"),
    IdentifierKind.CARD: re.compile(r"[0-9]{13,19}"),
    IdentifierKind.BUSINESS: re.compile(r"[0-9]{10}"),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """Whose receipt it is: digits only. Personal data, so it has no place in a log. Raises ValueError."""

    kind: IdentifierKind
    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _DIGITS[self.kind].fullmatch(self.digits):
            raise ValueError(f"these digits are no identifier of the kind {self.kind}")


@dataclass(frozen=True, slots=True)
class NewCashReceipt:
    """A receipt to be issued; `amount_won` holds `tax_free_won` and `vat_won`. Raises ValueError.

    `payment_ref` is the payment it belongs to, one of ours where the money did not pass the issuer. It has one receipt.
    """

    payment_ref: str
    order_name: str
    use: ReceiptUse
    identifier: Identifier
    amount_won: int
    tax_free_won: int
    vat_won: int
    paid_at: datetime

    def __post_init__(self) -> None:
        if self.amount_won <= 0 or self.tax_free_won < 0 or self.vat_won < 0:
            raise ValueError("an amount is positive, its parts are not negative")
        if self.tax_free_won + self.vat_won > self.amount_won:
            raise ValueError("the parts are more than the amount")
        if self.use is ReceiptUse.PERSONAL and self.identifier.kind is IdentifierKind.BUSINESS:
            raise ValueError("a business number takes a receipt for business expenses")
        if self.paid_at.tzinfo is None:
            raise ValueError("a moment needs its time zone")


@dataclass(frozen=True, slots=True)
class CashReceipt:
    """A receipt as its issuer sees it now. `issue_number` is the tax office's number of it."""

    payment_ref: str
    state: ReceiptState
    issue_number: str
    amount_won: int
    tax_free_won: int
    url: str
    issued_at: datetime | None
    cancelled_at: datetime | None


class CashReceipts(Protocol):
    """One issuer. Every call may raise `GatewayRejected` or `GatewayUnknown` of `ports`."""

    name: str

    def issue(self, *, receipt: NewCashReceipt, key: str) -> CashReceipt:
        """Issue a receipt. Issued before with the same amounts, it is returned as it stands."""
        ...

    def cancel(self, *, payment_ref: str, key: str) -> CashReceipt:
        """Take the whole receipt back. Taken back before, it is returned as it stands."""
        ...

    def read(self, *, payment_ref: str) -> CashReceipt | None:
        """The receipt as it stands, or None when there is none."""
        ...
