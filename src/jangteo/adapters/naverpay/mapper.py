"""Reads what Naver Pay answers to an approval and turns it into the words of the payments domain.

Documented: the envelope `{code, message, body}`. From published integrations: `body.detail` with `paymentId`,
`merchantPayKey`, `totalPayAmount`, `primaryPayMeans`, `admissionState` and `admissionYmdt`, a Korean time as
YYYYMMDDHHMMSS.
"""

from __future__ import annotations

from datetime import datetime

from jangteo.adapters._wire import Answer, BadShape, Record
from jangteo.adapters.naverpay import codes
from jangteo.domains.payments.ports import GatewayRejected, GatewayState, GatewayUnknown, Snapshot
from jangteo.kernel.clock import KST

LONGEST_PAYMENT_ID = 50
LONGEST_PAY_KEY = 64
LONGEST_TEXT = 500


def approved(body: object) -> Snapshot:
    """A successful approval as a Snapshot. Raises GatewayUnknown for anything else."""
    try:
        detail = Record(body, "approval").record("body").record("detail")
        if detail.text_or_none("admissionState", longest=40) not in (None, "SUCCESS"):
            raise BadShape("admissionState is not SUCCESS")
        total_won = detail.won("totalPayAmount")
        return Snapshot(
            payment_key=detail.text("paymentId", longest=LONGEST_PAYMENT_ID),
            order_ref=detail.text("merchantPayKey", longest=LONGEST_PAY_KEY),
            state=GatewayState.DONE,
            total_won=total_won,
            balance_won=total_won,
            method=detail.text_or_none("primaryPayMeans", longest=40) or "",
            approved_at=_moment(detail),
            receipt_url="",
            cancels=(),
        )
    except BadShape as wrong:
        raise GatewayUnknown(f"unreadable approval: {wrong}") from None


def _moment(detail: Record) -> datetime:
    written = detail.text("admissionYmdt", longest=14)
    try:
        return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=KST)
    except ValueError:
        raise BadShape("admissionYmdt is not a time") from None


def result_code(answer: Answer) -> str:
    """The `code` of an answer, or "" when the answer is not in the documented shape."""
    try:
        return Record(answer.body, "result").text("code", longest=100)
    except BadShape:
        return ""


def refusal(answer: Answer) -> GatewayRejected | GatewayUnknown:
    """The exception for an answer that is no success: final only for a code known to be."""
    code = result_code(answer)
    if answer.status < 500 and answer.status not in (408, 409, 429) and code in codes.FINAL:
        return GatewayRejected(code, _message(answer))
    return GatewayUnknown(f"HTTP {answer.status} {code}".rstrip())


def _message(answer: Answer) -> str:
    try:
        return Record(answer.body, "result").text_or_none("message", longest=LONGEST_TEXT) or ""
    except BadShape:
        return ""
