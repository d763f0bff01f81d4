"""What a card gateway must offer. Adapters speak each gateway's own protocol behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class GatewayState(StrEnum):
    """Where a payment stands at the gateway, in one vocabulary for all gateways."""

    READY = "ready"
    IN_PROGRESS = "in_progress"
    WAITING_DEPOSIT = "waiting_deposit"
    DONE = "done"
    PART_CANCELLED = "part_cancelled"
    CANCELLED = "cancelled"
    FAILED = "failed"
    EXPIRED = "expired"


class GatewayRejected(Exception):
    """The gateway answered with a final no. Asking again gives the same answer."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class GatewayUnknown(Exception):
    """Nobody knows whether it happened: time-out, broken connection, 5xx. Ask, never repeat blindly."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """One (partial) cancellation as the gateway reports it; `key` is the gateway's own id of it."""

    key: str
    amount_won: int
    tax_free_won: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A payment as the gateway sees it now. `balance_won` is what is left to cancel."""

    payment_key: str
    order_ref: str
    state: GatewayState
    total_won: int
    balance_won: int
    method: str
    approved_at: datetime | None
    receipt_url: str
    cancels: tuple[Cancel, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """What a webhook claims. Never acted on: it only says which payment to read again."""

    delivery_id: str
    payment_key: str | None
    order_ref: str | None


@dataclass(frozen=True, slots=True)
class BrowserCheckout:
    """What the pay page needs to open the gateway's own window in the browser."""

    sdk_url: str
    client_key: str
    order_ref: str
    order_name: str
    amount_won: int
    tax_free_won: int
    success_url: str
    fail_url: str


class CardGateway(Protocol):
    """One gateway. Every call may raise `GatewayRejected` or `GatewayUnknown`."""

    name: str

    def browser_checkout(
        self, *, order_ref: str, order_name: str, amount_won: int, tax_free_won: int, success_url: str, fail_url: str
    ) -> BrowserCheckout: ...

    def confirm(self, *, payment_key: str, order_ref: str, amount_won: int, key: str) -> Snapshot:
        """Take the money the customer has authorised. `key` makes a repeat harmless."""
        ...

    def read(self, *, payment_key: str) -> Snapshot | None:
        """The payment as it stands, or None when the gateway does not know it."""
        ...

    def read_order(self, *, order_ref: str) -> Snapshot | None:
        """The same, found by our own reference."""
        ...

    def cancel(self, *, payment_key: str, reason: str, amount_won: int, tax_free_won: int, key: str) -> Snapshot:
        """Give `amount_won` back, of which `tax_free_won` was for VAT-exempt goods."""
        ...

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> Hint:
        """Read a webhook's claim. Raises ValueError when the body is not this gateway's."""
        ...
