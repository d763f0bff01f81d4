"""Reads what Toss Payments says (API version 2022-11-16) and turns it into the words of the payments domain."""

from __future__ import annotations

from jangteo.adapters._wire import Answer, BadShape, Record, is_web_address
from jangteo.adapters.toss import codes
from jangteo.adapters.toss.banks import clearing_code
from jangteo.domains.payments.ports import (
    Cancel,
    GatewayRejected,
    GatewayState,
    GatewayUnknown,
    Snapshot,
    VirtualAccount,
)

LONGEST_PAYMENT_KEY = 200
LONGEST_ORDER_ID = 64
LONGEST_TRANSACTION_KEY = 64
LONGEST_MESSAGE = 510
LONGEST_ADDRESS = 2_000
LONGEST_SECRET = 100
LONGEST_NAME = 200

STATES = {
    "READY": GatewayState.READY,
    "IN_PROGRESS": GatewayState.IN_PROGRESS,
    "WAITING_FOR_DEPOSIT": GatewayState.WAITING_DEPOSIT,
    "DONE": GatewayState.DONE,
    "PARTIAL_CANCELED": GatewayState.PART_CANCELLED,
    "CANCELED": GatewayState.CANCELLED,
    "ABORTED": GatewayState.FAILED,
    "EXPIRED": GatewayState.EXPIRED,
}
_CANCEL_STATUSES = frozenset({"DONE", "IN_PROGRESS", "ABORTED"})


def snapshot(body: object) -> Snapshot:
    """A Payment document as a Snapshot. Raises GatewayUnknown for anything the documentation does not describe."""
    try:
        return _snapshot(Record(body, "payment"))
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable payment: {wrong}") from None


def _snapshot(payment: Record) -> Snapshot:
    if payment.text_or_none("currency", longest=3) not in (None, "KRW"):
        raise BadShape("currency is not KRW")
    total_won, balance_won = payment.won("totalAmount"), payment.won("balanceAmount")
    if balance_won > total_won:
        raise BadShape("balanceAmount is more than totalAmount")
    issued = payment.record_or_none("virtualAccount")
    return Snapshot(
        payment_key=payment.text("paymentKey", longest=LONGEST_PAYMENT_KEY),
        order_ref=payment.text("orderId", longest=LONGEST_ORDER_ID),
        state=_state(payment.text("status", longest=40), balance_won, issued),
        total_won=total_won,
        balance_won=balance_won,
        method=payment.text_or_none("method", longest=40) or "",
        approved_at=payment.moment_or_none("approvedAt"),
        receipt_url=_receipt_url(payment),
        cancels=_cancels(payment, issued),
        account=_account(issued) if issued else None,
        secret=payment.text_or_none("secret", longest=LONGEST_SECRET) or "",
        # A cancellation takes its part off it, so it is what is left, not what was paid.
        tax_free_won=payment.won("taxFreeAmount") if payment.has("taxFreeAmount") else None,
    )


def _state(status: str, balance_won: int, issued: Record | None) -> GatewayState:
    if status not in STATES:
        raise BadShape("status is not a documented one")
    state = STATES[status]
    # An account that is over keeps its status, and no webhook tells of it.
    if state is GatewayState.WAITING_DEPOSIT and issued and issued.flag("expired"):
        return GatewayState.EXPIRED
    # The guide on cancelling shows a whole refund that still says PARTIAL_CANCELED; the balance is what counts.
    if state is GatewayState.PART_CANCELLED and balance_won == 0:
        return GatewayState.CANCELLED
    return state


def _account(issued: Record) -> VirtualAccount:
    due_at = issued.moment_or_none("dueDate")
    if due_at is None:
        raise BadShape("dueDate is missing")
    return VirtualAccount(
        bank=clearing_code(issued.text("bankCode", longest=3)),
        number=issued.text("accountNumber", longest=20),
        holder=issued.text_or_none("customerName", longest=LONGEST_NAME) or "",
        due_at=due_at,
    )


def _cancels(payment: Record, issued: Record | None) -> tuple[Cancel, ...]:
    """The cancellations that moved money: none of them for an account that was cancelled before a deposit."""
    settled = tuple(cancel for record in payment.records("cancels") if (cancel := _cancel(record)))
    never_paid = issued is not None and payment.moment_or_none("approvedAt") is None
    return () if never_paid else settled


def _cancel(record: Record) -> Cancel | None:
    """One entry of `cancels`, or None while it is not settled (cancelStatus is not DONE: no money has moved)."""
    status = record.text("cancelStatus", longest=40)
    if status not in _CANCEL_STATUSES:
        raise BadShape("cancelStatus is not a documented one")
    cancel = Cancel(
        key=record.text("transactionKey", longest=LONGEST_TRANSACTION_KEY),
        amount_won=record.won("cancelAmount"),
        tax_free_won=record.won("taxFreeAmount"),
    )
    return cancel if status == "DONE" else None


def _receipt_url(payment: Record) -> str:
    """The receipt's address, or "" when there is none or it is nothing to put behind a link."""
    receipt = payment.record_or_none("receipt")
    address = receipt.text_or_none("url", longest=LONGEST_ADDRESS) if receipt else None
    return address if address and is_web_address(address) else ""


def error_code(answer: Answer) -> str:
    """The `code` of an error answer, or "" when the answer is not in the documented error shape."""
    try:
        return Record(answer.body, "error").text("code", longest=100)
    except BadShape:
        return ""


def refusal(answer: Answer) -> GatewayRejected | GatewayUnknown:
    """The exception for an answer other than 200: a final no only for a 4xx with a code known to be one."""
    code = error_code(answer)
    if 400 <= answer.status < 500 and answer.status not in (408, 409, 429) and code in codes.FINAL:
        return GatewayRejected(code, _message(answer))
    return GatewayUnknown(f"HTTP {answer.status} {code}".rstrip())


def _message(answer: Answer) -> str:
    try:
        return Record(answer.body, "error").text("message", longest=LONGEST_MESSAGE)
    except BadShape:
        return ""
