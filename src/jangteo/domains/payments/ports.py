"""What a card gateway must offer. Adapters speak each gateway's own protocol behind it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable


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


class PayBy(StrEnum):
    """What the gateway's window collects from: a card or simple pay, or an account issued for the one payment."""

    CARD = "card"
    ACCOUNT = "account"


class CannotAsk(ValueError):
    """A request that never left, because the gateway would refuse it or take it for another. `code` says why:
    BELOW_MINIMUM_AMOUNT, TAX_FREE_NOT_SAID, UNKNOWN_BANK.
    """

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code}: {why}")
        self.code = code


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
class BankAccount:
    """Where money goes to. `bank` is the three-digit code of the clearing institute, as in 020; `number` is digits."""

    bank: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class VirtualAccount:
    """An account issued for one payment: it takes exactly the amount, once, until `due_at`."""

    bank: str
    number: str
    holder: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A payment as the gateway sees it now. `balance_won` is what is left to cancel.

    `account` is there for payments into a virtual account. Such a payment can fall back from DONE to WAITING_DEPOSIT,
    and is EXPIRED once its account takes no deposit any more. `secret` is what its deposit messages must carry.
    `tax_free_won` is the part of `balance_won` that was paid for VAT-exempt goods, None where the gateway keeps quiet.
    `asked_at`, set by whoever asked, is when the question left: what became known later is newer than this.
    """

    payment_key: str
    order_ref: str
    state: GatewayState
    total_won: int
    balance_won: int
    method: str
    approved_at: datetime | None
    receipt_url: str
    cancels: tuple[Cancel, ...]
    account: VirtualAccount | None = None
    secret: str = field(default="", repr=False, compare=False)
    tax_free_won: int | None = None
    asked_at: datetime | None = field(default=None, compare=False)

    def bears(self, secret_mark: str) -> bool:
        """False when a message carried a secret that is not the payment's: forged. Without one nothing is said."""
        return not secret_mark or hmac.compare_digest(secret_mark, _mark(self.secret))


@dataclass(frozen=True, slots=True)
class Hint:
    """What a webhook claims. Never acted on: it only says which payment to read again."""

    delivery_id: str
    payment_key: str | None
    order_ref: str | None
    secret: str = field(default="", repr=False, compare=False)

    @property
    def secret_mark(self) -> str:
        """What is kept of the secret to compare it later, "" where the message carries none."""
        return _mark(self.secret)


def _mark(secret: str) -> str:
    """Anybody can write a message: lone surrogates and NULs come out as plain digits, too."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest() if secret else ""


@dataclass(frozen=True, slots=True)
class BrowserCheckout:
    """What the pay page needs to open the gateway's own window in the browser.

    `due_hours` says how long an account takes the deposit; None for cards. `window_urls` are further origins, beside
    the script's, that the window needs the page to let in.
    """

    sdk_url: str
    client_key: str
    order_ref: str
    order_name: str
    amount_won: int
    tax_free_won: int
    success_url: str
    fail_url: str
    pay_by: PayBy = PayBy.CARD
    due_hours: int | None = None
    window_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brings back from the window: a claim like any other. `code` says why the window was left, "".

    `attempt` differs from try to try, also where `payment_key` does not. `amount_won` is None where none is brought.
    """

    order_ref: str
    payment_key: str
    attempt: str
    amount_won: int | None
    code: str = ""


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

    def cancel(
        self,
        *,
        payment_key: str,
        reason: str,
        amount_won: int,
        tax_free_won: int | None,
        key: str,
        refund_to: BankAccount | None = None,
    ) -> Snapshot:
        """Give `amount_won` back, of which `tax_free_won` was for VAT-exempt goods.

        A part that nobody said (None) raises CannotAsk: gateways take it for 0 and would report a wrong VAT.
        `refund_to` is the customer's account; a deposit into a virtual account can only go back to one.
        """
        ...

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> Hint:
        """Read a webhook's claim. Raises ValueError when the body is not this gateway's."""
        ...


@runtime_checkable
class WindowGateway(CardGateway, Protocol):
    """A gateway whose window a script of its own opens on our page."""

    takes_by_itself: bool
    """True when the money moves while the customer is in the window, so that it can come after we gave up."""

    def came_back(self, query: Mapping[str, str]) -> Returned:
        """Read the address that the window sends the browser back to. What is missing in it is ""."""
        ...


@runtime_checkable
class AccountGateway(WindowGateway, Protocol):
    """A gateway that also issues virtual accounts. `confirm` then answers WAITING_DEPOSIT with the account."""

    def account_checkout(self, *, checkout: BrowserCheckout, due_hours: int) -> BrowserCheckout:
        """The same checkout, paid into an account that takes the deposit for `due_hours`. Raises CannotAsk."""
        ...
