"""Reads what KakaoPay says and turns it into the words of the payments domain.

Confirmed by published documentation or by recorded answers: the statuses, the amounts and `payment_action_details`
with `aid`, `payment_action_type` and the `payload` that a request carried. Times come without an offset and are
Korean. From recorded answers only: `amount` can be missing in a detail of the type PAYMENT.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from jangteo.adapters._wire import Answer, BadShape, Record, is_web_address
from jangteo.adapters.kakaopay import codes
from jangteo.domains.payments.ports import Cancel, GatewayRejected, GatewayState, GatewayUnknown, Snapshot
from jangteo.domains.payments.redirect_port import Redirect
from jangteo.domains.payments.reports_port import GatewayTransaction
from jangteo.kernel.clock import KST

LONGEST_TID = 64
LONGEST_ORDER_ID = 100
LONGEST_PAYLOAD = 200
LONGEST_TEXT = 500
LONGEST_ADDRESS = 2_000

_STATES = {
    "READY": GatewayState.READY,
    "SEND_TMS": GatewayState.READY,
    "OPEN_PAYMENT": GatewayState.READY,
    "SELECT_METHOD": GatewayState.READY,
    "ARS_WAITING": GatewayState.READY,
    "AUTH_PASSWORD": GatewayState.IN_PROGRESS,
    "SUCCESS_PAYMENT": GatewayState.DONE,
    "PART_CANCEL_PAYMENT": GatewayState.PART_CANCELLED,
    "CANCEL_PAYMENT": GatewayState.CANCELLED,
    "FAIL_AUTH_PASSWORD": GatewayState.FAILED,
    "QUIT_PAYMENT": GatewayState.FAILED,
    "FAIL_PAYMENT": GatewayState.FAILED,
}
TAKEN = frozenset({GatewayState.DONE, GatewayState.PART_CANCELLED, GatewayState.CANCELLED})

TID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARK = re.compile(r"refund/([0-9]{1,12})/([\x21-\x7e]{1,150})")


@dataclass(frozen=True, slots=True)
class Standing:
    """A payment as /order tells it: the snapshot, what of the balance is tax-free, and the keys of our refunds."""

    snapshot: Snapshot
    tax_free_left_won: int
    refund_keys: frozenset[str]


def mark(key: str, tax_free_won: int) -> str:
    """The `payload` of one refund: KakaoPay keeps it with the cancellation and shows it in /order."""
    return f"refund/{tax_free_won}/{key}"


def redirect(body: object) -> Redirect:
    """The answer of /ready. Raises GatewayUnknown for anything else."""
    try:
        answer = Record(body, "ready")
        found = Redirect(
            tid=answer.text("tid", longest=LONGEST_TID),
            url_pc=answer.text("next_redirect_pc_url", longest=LONGEST_ADDRESS),
            url_mobile=answer.text("next_redirect_mobile_url", longest=LONGEST_ADDRESS),
        )
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable window: {wrong}") from None
    if not (is_web_address(found.url_pc) and is_web_address(found.url_mobile)):
        raise GatewayUnknown("unreadable window: its address is none")
    return found


def approved(body: object) -> Snapshot:
    """The answer of /approve, which has no status: it only comes for money that was just taken."""
    try:
        payment = Record(body, "approval")
        amount = payment.record("amount")
        total_won = amount.won("total")
        return _snapshot(payment, GatewayState.DONE, (total_won, total_won, amount.won("tax_free")), ())
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable approval: {wrong}") from None


def standing(body: object) -> Standing:
    """The answer of /order. Raises GatewayUnknown where it does not add up: a wrong sum must not be booked."""
    try:
        return _standing(Record(body, "order"))
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable order: {wrong}") from None


def movements(body: object) -> tuple[GatewayTransaction, ...]:
    """The answer of /order as what moved, oldest first; nothing before the approval. Raises GatewayUnknown as
    `standing` does."""
    found = standing(body).snapshot
    if found.state not in TAKEN or found.approved_at is None:
        return ()
    try:
        details = [one for one in Record(body, "order").records("payment_action_details") if _is_cancel(one)]
        moments = [_moment(one) for one in details]
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable order: {wrong}") from None
    taken = _movement(found, GatewayState.DONE, found.payment_key, found.total_won, found.approved_at)
    back, left_won = [], found.total_won
    for cancel, at in zip(found.cancels, moments, strict=True):
        left_won -= cancel.amount_won
        state = GatewayState.PART_CANCELLED if left_won else GatewayState.CANCELLED
        back.append(_movement(found, state, cancel.key, -cancel.amount_won, at))
    return taken, *back


def _movement(found: Snapshot, state: GatewayState, key: str, won: int, at: datetime) -> GatewayTransaction:
    return GatewayTransaction(key, found.payment_key, found.order_ref, state, won, found.method, at)


def _standing(order: Record) -> Standing:
    status = order.text("status", longest=40)
    if status not in _STATES:
        raise BadShape("status is not a documented one")
    state = _STATES[status]
    total_won = order.record("amount").won("total")
    if state not in TAKEN:
        return Standing(_snapshot(order, state, (total_won, 0, 0), ()), 0, frozenset())
    left, gone = order.record("cancel_available_amount"), order.record("canceled_amount")
    balance_won, gone_won = left.won("total"), gone.won("total")
    if balance_won + gone_won != total_won:
        raise BadShape("the amounts do not add up")
    cancels, keys = _cancels(order, gone_won, gone.won("tax_free"))
    if state is GatewayState.PART_CANCELLED and balance_won == 0:
        state = GatewayState.CANCELLED
    tax_free_won = left.won("tax_free")
    return Standing(_snapshot(order, state, (total_won, balance_won, tax_free_won), cancels), tax_free_won, keys)


def _snapshot(
    payment: Record, state: GatewayState, amounts_won: tuple[int, int, int], cancels: tuple[Cancel, ...]
) -> Snapshot:
    """`amounts_won`: all of it, what is left, and what of that is tax-free."""
    total_won, balance_won, tax_free_won = amounts_won
    return Snapshot(
        payment_key=payment.text("tid", longest=LONGEST_TID),
        order_ref=payment.text("partner_order_id", longest=LONGEST_ORDER_ID),
        state=state,
        total_won=total_won,
        balance_won=balance_won,
        method=payment.text_or_none("payment_method_type", longest=40) or "",
        approved_at=_moment(payment) if state in TAKEN else None,
        receipt_url="",
        cancels=cancels,
        tax_free_won=tax_free_won,
    )


def _cancels(order: Record, gone_won: int, gone_tax_free_won: int) -> tuple[tuple[Cancel, ...], frozenset[str]]:
    """The cancellations, oldest first, and the keys of those that are ours.

    A detail tells the amount but not its tax-free part. Of ours the mark tells it. What is left of the tax-free sum
    was cancelled by hand in KakaoPay's partner pages; it is put on those cancellations, the oldest first.
    """
    details = [one for one in order.records("payment_action_details") if _is_cancel(one)]
    marks = [_MARK.fullmatch(one.text_or_none("payload", longest=LONGEST_PAYLOAD) or "") for one in details]
    amounts = [one.won("amount") for one in details]
    unsaid_won = gone_tax_free_won - sum(int(found[1]) for found in marks if found)
    cancels = []
    for detail, amount_won, found in zip(details, amounts, marks, strict=True):
        tax_free_won = int(found[1]) if found else min(amount_won, max(unsaid_won, 0))
        unsaid_won -= 0 if found else tax_free_won
        cancels.append(Cancel(detail.text("aid", longest=LONGEST_TID), amount_won, tax_free_won))
    if sum(amounts) != gone_won or unsaid_won:
        raise BadShape("the cancellations do not add up")
    return tuple(cancels), frozenset(found[2] for found in marks if found)


def _is_cancel(detail: Record) -> bool:
    return detail.text("payment_action_type", longest=40) == "CANCEL"


def _moment(payment: Record) -> datetime:
    """When it was approved. KakaoPay writes Korean wall-clock time and leaves the offset out."""
    written = payment.text("approved_at", longest=40)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise BadShape("approved_at is not a time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=KST)


def error_code(answer: Answer) -> str:
    """The `error_code` of an error answer as text, or "" when the answer is not in the documented error shape."""
    try:
        return str(Record(answer.body, "error").signed_won("error_code"))
    except BadShape:
        return ""


def refusal(answer: Answer) -> GatewayRejected | GatewayUnknown:
    """The exception for an approval that was refused and left the order as it was."""
    code = error_code(answer)
    if 400 <= answer.status < 500 and answer.status not in (408, 409, 429) and code in codes.FINAL:
        return declined(answer)
    return GatewayUnknown(f"HTTP {answer.status} {code}".rstrip())


def declined(answer: Answer) -> GatewayRejected:
    """The exception for a final no, with the reason of the means of payment (LACK_BALANCE) where there is one."""
    try:
        error = Record(answer.body, "error")
        extras = error.record_or_none("extras")
        method_code = extras.text_or_none("method_result_code", longest=100) if extras else None
        method_said = extras.text_or_none("method_result_message", longest=LONGEST_TEXT) if extras else None
        said = method_said or error.text_or_none("error_message", longest=LONGEST_TEXT)
    except BadShape:
        method_code, said = None, None
    return GatewayRejected(method_code or error_code(answer) or "FAIL_PAYMENT", said or "")
