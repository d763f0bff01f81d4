"""Reads a payment as PortOne V2 writes it and turns it into the words of the payments domain."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.adapters._wire import BadShape, Record, is_web_address
from jangteo.adapters.portone.banks import bank_code
from jangteo.domains.payments.ports import Cancel, GatewayState, GatewayUnknown, Snapshot, VirtualAccount

LONGEST_PAYMENT_ID = 64
LONGEST_ID = 200
LONGEST_TEXT = 1_000
LONGEST_ADDRESS = 2_000

_STATES = {
    "READY": GatewayState.READY,
    "PENDING": GatewayState.IN_PROGRESS,
    "VIRTUAL_ACCOUNT_ISSUED": GatewayState.WAITING_DEPOSIT,
    "PAID": GatewayState.DONE,
    "PARTIAL_CANCELLED": GatewayState.PART_CANCELLED,
    "CANCELLED": GatewayState.CANCELLED,
    "FAILED": GatewayState.FAILED,
}
_CANCEL_STATUSES = frozenset({"REQUESTED", "SUCCEEDED", "FAILED"})
_METHODS = {
    "PaymentMethodCard": "카드",
    "PaymentMethodEasyPay": "간편결제",
    "PaymentMethodGiftCertificate": "상품권",
    "PaymentMethodMobile": "휴대폰",
    "PaymentMethodTransfer": "계좌이체",
    "PaymentMethodVirtualAccount": "가상계좌",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One cancellation, settled or not: REQUESTED, SUCCEEDED or FAILED."""

    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A payment with what its snapshot has no place for. `channel_type` is LIVE, TEST or "" before one is chosen."""

    snapshot: Snapshot
    attempts: tuple[Attempt, ...]
    channel_type: str
    failure: str


def reading(body: object) -> Reading:
    """A payment document. Raises GatewayUnknown for anything the documentation does not describe."""
    try:
        return _reading(Record(body, "payment"))
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable payment: {wrong}") from None


def _reading(payment: Record) -> Reading:
    cancellations = payment.records("cancellations")
    channel, failure = payment.record_or_none("channel"), payment.record_or_none("failure")
    return Reading(
        snapshot=_snapshot(payment, tuple(cancel for record in cancellations if (cancel := _cancel(record)))),
        attempts=tuple(_attempt(record) for record in cancellations),
        channel_type=channel.text("type", longest=20) if channel else "",
        failure=_failure(failure) if failure else "",
    )


def _snapshot(payment: Record, cancels: tuple[Cancel, ...]) -> Snapshot:
    if payment.text("currency", longest=3) != "KRW":
        raise BadShape("currency is not KRW")
    amount = payment.record("amount")
    total_won, cancelled_won = amount.won("total"), amount.won("cancelled")
    if cancelled_won > total_won:
        raise BadShape("amount.cancelled is more than amount.total")
    status = payment.text("status", longest=40)
    if status not in _STATES:
        raise BadShape("status is not a documented one")
    payment_id = payment.text("id", longest=LONGEST_PAYMENT_ID)
    return Snapshot(
        payment_key=payment_id,
        order_ref=payment_id,
        state=_STATES[status],
        total_won=total_won,
        balance_won=total_won - cancelled_won,
        method=method_of(payment),
        approved_at=payment.moment_or_none("paidAt"),
        receipt_url=_web_address(payment.text_or_none("receiptUrl", longest=LONGEST_ADDRESS)),
        cancels=cancels,
        account=_account(payment),
        tax_free_won=_tax_free_left(amount),
    )


def _tax_free_left(amount: Record) -> int | None:
    if not amount.has("taxFree", "cancelledTaxFree"):
        return None
    return amount.won("taxFree") - amount.won("cancelledTaxFree")


def cancel_status(record: Record) -> str:
    """Where a cancellation stands. Raises BadShape for a status that is not documented."""
    status = record.text("status", longest=40)
    if status not in _CANCEL_STATUSES:
        raise BadShape("the status of a cancellation is not a documented one")
    return status


def _cancel(record: Record) -> Cancel | None:
    """A cancellation that moved money, or None."""
    if cancel_status(record) != "SUCCEEDED":
        return None
    return Cancel(
        key=record.text("id", longest=LONGEST_ID),
        amount_won=record.won("totalAmount"),
        tax_free_won=record.won("taxFreeAmount"),
    )


def _attempt(record: Record) -> Attempt:
    return Attempt(cancel_status(record), record.text_or_none("reason", longest=LONGEST_TEXT) or "")


def _failure(failure: Record) -> str:
    names = ("reason", "pgMessage", "pgCode")
    return next((text for name in names if (text := failure.text_or_none(name, longest=LONGEST_TEXT))), "")


def method_of(payment: Record) -> str:
    """What was paid with, or "" for a method this program has no word for."""
    method = payment.record_or_none("method")
    return _METHODS.get(method.text("type", longest=60), "") if method else ""


def _account(payment: Record) -> VirtualAccount | None:
    """The account a deposit goes to, once PortOne has said all of it."""
    method = payment.record_or_none("method")
    if method is None or method.text("type", longest=60) != "PaymentMethodVirtualAccount":
        return None
    bank, due_at = method.text_or_none("bank", longest=40), method.moment_or_none("expiredAt")
    if bank is None or due_at is None:
        return None
    return VirtualAccount(
        bank=bank_code(bank),
        number=method.text("accountNumber", longest=40),
        holder=method.text_or_none("remitteeName", longest=100) or "",
        due_at=due_at,
    )


def _web_address(address: str | None) -> str:
    """The address, or "" when it is nothing to put behind a link."""
    return address if address and is_web_address(address) else ""
