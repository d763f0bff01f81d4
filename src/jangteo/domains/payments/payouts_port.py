"""Paying stalls through the gateway, which knows them and keeps their money apart from everybody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from jangteo.domains.payments.ports import BankAccount

# Of one call, of one pay-out, and of one to a payee that is LIMITED.
MOST_PAYOUTS = 100
LARGEST_PAYOUT_WON = 999_999_999
LARGEST_LIMITED_WON = 10_000_000


class PayeeKind(StrEnum):
    """In what form a stall does business."""

    PERSON = "person"
    SOLE_TRADER = "sole_trader"
    COMPANY = "company"


class PayeeState(StrEnum):
    """How far the gateway has checked a payee. Money goes out when LIMITED (up to 10 million won) and APPROVED."""

    UNIDENTIFIED = "unidentified"
    LIMITED = "limited"
    HELD = "held"
    APPROVED = "approved"


class PayoutState(StrEnum):
    """Where a pay-out stands. Only REQUESTED can be called back; COMPLETED, FAILED and CANCELLED are final."""

    REQUESTED = "requested"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class ForgedMessage(ValueError):
    """A webhook without a signature that fits. Nothing of it may be used."""


@dataclass(frozen=True, slots=True)
class NewPayee:
    """A stall as it is registered. `ref` is ours, 7 to 20 letters, digits, - and _, and never used again.

    `business_number` is ten digits, "" for a PERSON; `phone` is digits and gets the gateway's identity check.
    """

    ref: str
    kind: PayeeKind
    name: str
    representative: str
    business_number: str
    email: str
    phone: str
    account: BankAccount


@dataclass(frozen=True, slots=True)
class Payee:
    """A payee as the gateway knows it; `key` is the gateway's own id."""

    key: str
    ref: str
    state: PayeeState


@dataclass(frozen=True, slots=True)
class NewPayout:
    """One payment to one payee. `ref` is ours, up to 50 characters. `pay_on` None means today.

    `memo` is what the payee's bank book shows; it is cut to what fits.
    """

    ref: str
    payee_key: str
    amount_won: int
    memo: str
    pay_on: date | None = None


@dataclass(frozen=True, slots=True)
class Payout:
    """A pay-out as the gateway sees it now. `failure` is the gateway's code when it FAILED, else ""."""

    key: str
    ref: str
    payee_key: str
    amount_won: int
    state: PayoutState
    pay_on: date
    failure: str = ""


@dataclass(frozen=True, slots=True)
class PayoutBalance:
    """What can be paid out now, and what will be when it is settled."""

    available_won: int
    pending_won: int


@dataclass(frozen=True, slots=True)
class PayoutHint:
    """What a signed webhook is about; one of the two keys is set. It says what to read again, as payment hints do."""

    delivery_id: str
    payout_key: str | None
    payee_key: str | None


class PayoutGateway(Protocol):
    """Pay-outs of one gateway. Every call may raise `GatewayRejected` or `GatewayUnknown`.

    Calls that change something take an idempotency `key`. After GatewayUnknown ask, or repeat with the same key: the
    same money under another key is paid twice.
    """

    name: str

    def register(self, *, payee: NewPayee, key: str) -> Payee: ...

    def change(self, *, payee_key: str, payee: NewPayee, key: str) -> Payee:
        """Replace what is known about a payee; `ref` and `kind` must be the registered ones."""
        ...

    def payee(self, *, payee_key: str) -> Payee | None: ...

    def balance(self) -> PayoutBalance: ...

    def send(self, *, payouts: Sequence[NewPayout], key: str) -> tuple[Payout, ...]:
        """Ask for up to 100 pay-outs, all or none; in the order asked for."""
        ...

    def payout(self, *, payout_key: str) -> Payout | None: ...

    def find(self, *, ref: str, pay_on: date) -> Payout | None:
        """The pay-out with our reference, which was for that Korean day; for when `send` gave no answer."""
        ...

    def call_back(self, *, payout_key: str, key: str) -> Payout:
        """Cancel one that is still REQUESTED."""
        ...

    def parse_webhook(self, *, body: bytes, headers: Mapping[str, str]) -> PayoutHint:
        """Check the signature and read what changed. Raises ForgedMessage, and ValueError for another message."""
        ...
