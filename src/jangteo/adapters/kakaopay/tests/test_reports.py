"""What /order says, read as movements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from jangteo.adapters._simulator.server import json_reply
from jangteo.adapters.kakaopay import mapper
from jangteo.adapters.kakaopay.reports import KakaoPayReports
from jangteo.adapters.kakaopay.tests.bench import PATIENT_S, Watched
from jangteo.domains.payments.ports import GatewayRejected, GatewayUnknown

AMOUNTS = {"total": 30_000, "tax_free": 0}
PAYMENT: dict[str, object] = {"aid": "A1", "payment_action_type": "PAYMENT", "approved_at": "2026-11-03T10:00:00"}
CANCEL: dict[str, object] = {
    "aid": "A2",
    "payment_action_type": "CANCEL",
    "amount": 1_000,
    "approved_at": "2026-11-03T23:59:59",
}
ORDER: dict[str, object] = {
    "tid": "T1",
    "partner_order_id": "order-0001",
    "status": "PART_CANCEL_PAYMENT",
    "payment_method_type": "MONEY",
    "amount": AMOUNTS,
    "canceled_amount": {"total": 1_000, "tax_free": 0},
    "cancel_available_amount": {"total": 29_000, "tax_free": 0},
    "approved_at": "2026-11-03T10:00:00",
    "payment_action_details": [PAYMENT, CANCEL],
}


@pytest.fixture
def reports(watched: Watched) -> Iterator[KakaoPayReports]:
    with closing(KakaoPayReports(shop=watched.shop, timeout_s=PATIENT_S)) as opened:
        yield opened


def test_an_approval_whose_detail_names_no_amount_moved_the_whole_one() -> None:
    taken, back = mapper.movements(ORDER)

    assert [(one.key, one.amount_won, one.at.isoformat()) for one in (taken, back)] == [
        ("T1", 30_000, "2026-11-03T10:00:00+09:00"),
        ("A2", -1_000, "2026-11-03T23:59:59+09:00"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"payment_action_details": [PAYMENT, CANCEL | {"approved_at": None}]},
        {"payment_action_details": [PAYMENT, CANCEL | {"approved_at": "soon"}]},
        {"payment_action_details": [PAYMENT]},
        {"status": "NEW"},
        {"amount": None},
    ],
)
def test_an_order_in_another_shape_is_unknown(changes: dict[str, object]) -> None:
    with pytest.raises(GatewayUnknown, match="unreadable order"):
        mapper.movements(ORDER | changes)


def test_an_answer_about_another_payment_is_not_taken(watched: Watched, reports: KakaoPayReports) -> None:
    watched.instead = json_reply(ORDER)

    with pytest.raises(GatewayUnknown, match="another payment"):
        reports.movements(payment_key="T2")


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_not_taken_is_refused(watched: Watched, reports: KakaoPayReports, status: int) -> None:
    watched.instead = json_reply({"error_code": -401, "error_message": "no"}, status)

    with pytest.raises(GatewayRejected) as refused:
        reports.movements(payment_key="T1")
    assert refused.value.code == "-401"


def test_what_cannot_be_a_tid_is_not_asked_for(watched: Watched, reports: KakaoPayReports) -> None:
    assert reports.movements(payment_key="../ready") == ()
    assert watched.calls() == []
