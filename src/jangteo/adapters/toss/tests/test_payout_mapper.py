from __future__ import annotations

from datetime import date

import pytest

from jangteo.adapters._wire import BadShape, Record
from jangteo.adapters.toss.payout_mapper import balance, payee, payout, refusal
from jangteo.domains.payments.payouts_port import Payee, PayeeState, Payout, PayoutBalance, PayoutState
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown

PAYOUT = {
    "id": "FPA_1",
    "refPayoutId": "run-1",
    "destination": "seller_1",
    "scheduleType": "SCHEDULED",
    "payoutDate": "2026-11-04",
    "amount": {"currency": "KRW", "value": 5_000},
    "status": "REQUESTED",
    "error": None,
}
SELLER = {"id": "seller_1", "refSellerId": "stall-0001", "businessType": "CORPORATE", "status": "APPROVED"}
FORBIDDEN = {"code": "FORBIDDEN_SELLER_PAYOUT", "message": "KYC"}


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("REQUESTED", PayoutState.REQUESTED),
        ("IN_PROGRESS", PayoutState.IN_PROGRESS),
        ("COMPLETED", PayoutState.COMPLETED),
        ("FAILED", PayoutState.FAILED),
        ("CANCELED", PayoutState.CANCELLED),
    ],
)
def test_a_payout_is_read(status: str, state: PayoutState) -> None:
    found = payout(Record(PAYOUT | {"status": status}))

    assert found == Payout("FPA_1", "run-1", "seller_1", 5_000, state, date(2026, 11, 4))


def test_a_failed_payout_says_why() -> None:
    assert payout(Record(PAYOUT | {"status": "FAILED", "error": {"code": "LIMIT", "message": ""}})).failure == "LIMIT"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("APPROVAL_REQUIRED", PayeeState.UNIDENTIFIED),
        ("PARTIALLY_APPROVED", PayeeState.LIMITED),
        ("KYC_REQUIRED", PayeeState.HELD),
        ("APPROVED", PayeeState.APPROVED),
    ],
)
def test_a_payee_is_read(status: str, state: PayeeState) -> None:
    assert payee(Record(SELLER | {"status": status})) == Payee("seller_1", "stall-0001", state)


def test_a_balance_is_read() -> None:
    written = {"availableAmount": {"currency": "KRW", "value": 1}, "pendingAmount": {"currency": "KRW", "value": 2}}

    assert balance(Record(written)) == PayoutBalance(available_won=1, pending_won=2)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "STATUS_OF_TOMORROW"},
        {"amount": {"currency": "USD", "value": 5_000}},
        {"amount": {"currency": "KRW", "value": -1}},
        {"amount": 5_000},
        {"payoutDate": None},
        {"id": "f" * 65},
        {"error": "LIMIT"},
    ],
)
def test_a_payout_in_another_shape_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(BadShape):
        payout(Record(PAYOUT | changes))


@pytest.mark.parametrize("answer", [{"entityBody": None, "error": FORBIDDEN}, FORBIDDEN])
def test_a_known_no_is_final_in_the_envelope_and_bare(answer: dict[str, object]) -> None:
    refused = refusal(403, answer)

    assert isinstance(refused, GatewayRejected)
    assert (refused.code, refused.message) == ("FORBIDDEN_SELLER_PAYOUT", "KYC")


@pytest.mark.parametrize("status", [302, 408, 409, 429, 500])
def test_a_status_that_decides_nothing_is_unknown_whatever_the_code(status: int) -> None:
    assert isinstance(refusal(status, FORBIDDEN), GatewayUnknown)


@pytest.mark.parametrize("answer", [None, [], {}, {"code": 7}, {"error": {"code": "CODE_OF_TOMORROW"}}])
def test_a_no_that_is_not_known_is_unknown(answer: object) -> None:
    assert isinstance(refusal(400, answer), GatewayUnknown)
