"""Reads what pay-outs (v2) of Toss Payments say: `{version, traceId, entityType, entityBody, error}`."""

from __future__ import annotations

from jangteo.adapters._wire import BadShape, Record
from jangteo.adapters.toss import codes
from jangteo.adapters.toss.mapper import LONGEST_MESSAGE
from jangteo.domains.payments.payouts_port import Payee, PayeeState, Payout, PayoutBalance, PayoutState
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown

LONGEST_KEY = 64

_PAYEE_STATES = {
    "APPROVAL_REQUIRED": PayeeState.UNIDENTIFIED,
    "PARTIALLY_APPROVED": PayeeState.LIMITED,
    "KYC_REQUIRED": PayeeState.HELD,
    "APPROVED": PayeeState.APPROVED,
}
_PAYOUT_STATES = {
    "REQUESTED": PayoutState.REQUESTED,
    "IN_PROGRESS": PayoutState.IN_PROGRESS,
    "COMPLETED": PayoutState.COMPLETED,
    "FAILED": PayoutState.FAILED,
    "CANCELED": PayoutState.CANCELLED,
}


def body(answer: object) -> Record:
    """The entity of an answer. Raises BadShape."""
    return Record(answer, "answer").record("entityBody")


def payee(seller: Record) -> Payee:
    """A Seller. Raises BadShape."""
    return Payee(
        key=seller.text("id", longest=LONGEST_KEY),
        ref=seller.text("refSellerId", longest=LONGEST_KEY),
        state=_PAYEE_STATES[_known(seller, _PAYEE_STATES)],
    )


def payout(found: Record) -> Payout:
    """A Payout. Raises BadShape."""
    error = found.record_or_none("error")
    return Payout(
        key=found.text("id", longest=LONGEST_KEY),
        ref=found.text("refPayoutId", longest=LONGEST_KEY),
        payee_key=found.text("destination", longest=LONGEST_KEY),
        amount_won=_won(found.record("amount")),
        state=_PAYOUT_STATES[_known(found, _PAYOUT_STATES)],
        pay_on=found.day("payoutDate"),
        failure=(error.text_or_none("code", longest=100) or "") if error else "",
    )


def payouts(entity: Record) -> list[Payout]:
    """A list of Payouts. Raises BadShape."""
    return [payout(item) for item in entity.records("items")]


def balance(entity: Record) -> PayoutBalance:
    """A Balance. Raises BadShape."""
    return PayoutBalance(_won(entity.record("availableAmount")), _won(entity.record("pendingAmount")))


def _won(amount: Record) -> int:
    if amount.text("currency", longest=3) != "KRW":
        raise BadShape("currency is not KRW")
    return amount.won("value")


def _known(entity: Record, states: dict[str, PayeeState] | dict[str, PayoutState]) -> str:
    status = entity.text("status", longest=40)
    if status not in states:
        raise BadShape("status is not a documented one")
    return status


def error_code(answer: object) -> str:
    """The code of an error, in the envelope or bare, or "" when it is no error that is documented."""
    try:
        return _error(answer).text("code", longest=100)
    except BadShape:
        return ""


def refusal(status: int, answer: object) -> GatewayRejected | GatewayUnknown:
    """The exception for an answer other than 200: a final no only for a 4xx with a code known to be one."""
    code = error_code(answer)
    if 400 <= status < 500 and status not in (408, 409, 429) and code in codes.FINAL_PAYOUT:
        return GatewayRejected(code, _error(answer).text_or_none("message", longest=LONGEST_MESSAGE) or "")
    return GatewayUnknown(f"HTTP {status} {code}".rstrip())


def _error(answer: object) -> Record:
    envelope = Record(answer, "answer")
    return envelope.record_or_none("error") or envelope
