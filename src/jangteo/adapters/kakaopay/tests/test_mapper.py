from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jangteo.adapters._wire import Answer
from jangteo.adapters.kakaopay import codes, mapper
from jangteo.domains.payments.ports import Cancel, GatewayRejected, GatewayState, GatewayUnknown

PAID = {"aid": "A1", "approved_at": "2026-11-03T10:01:02", "payment_action_type": "PAYMENT"}
OURS = {
    "aid": "A2",
    "approved_at": "2026-11-03T11:00:00",
    "amount": 10_000,
    "payment_action_type": "CANCEL",
    "payload": "refund/4000/refund:order-1:7",
}
BY_HAND = OURS | {"aid": "A3", "amount": 3_000, "payload": None}


def order(**changes: object) -> dict[str, object]:
    """An answer of /order with the fields that are read, and a few that are not."""
    document: dict[str, object] = {
        "tid": "T1",
        "cid": "TC0ONETIME",
        "status": "SUCCESS_PAYMENT",
        "partner_order_id": "order-1",
        "partner_user_id": "order-1",
        "payment_method_type": "MONEY",
        "amount": {"total": 30_000, "tax_free": 12_000, "vat": 1_636, "point": 0, "discount": 0, "green_deposit": 0},
        "canceled_amount": {"total": 0, "tax_free": 0, "vat": 0, "point": 0, "discount": 0, "green_deposit": 0},
        "cancel_available_amount": {"total": 30_000, "tax_free": 12_000},
        "created_at": "2026-11-03T10:00:00",
        "approved_at": "2026-11-03T10:01:02",
        "payment_action_details": [PAID],
    }
    return document | changes


def part_cancelled(gone: int, gone_tax_free: int, *details: dict[str, object]) -> dict[str, object]:
    return order(
        status="PART_CANCEL_PAYMENT",
        canceled_amount={"total": gone, "tax_free": gone_tax_free},
        cancel_available_amount={"total": 30_000 - gone, "tax_free": 12_000 - gone_tax_free},
        payment_action_details=[PAID, *details],
    )


def test_a_paid_order() -> None:
    found = mapper.standing(order())

    assert (found.snapshot.payment_key, found.snapshot.order_ref) == ("T1", "order-1")
    assert found.snapshot.state is GatewayState.DONE
    assert (found.snapshot.total_won, found.snapshot.balance_won, found.tax_free_left_won) == (30_000, 30_000, 12_000)
    assert (found.snapshot.method, found.snapshot.cancels, found.refund_keys) == ("MONEY", (), frozenset())


def test_a_time_without_an_offset_is_korean() -> None:
    assert mapper.standing(order()).snapshot.approved_at == datetime(2026, 11, 3, 1, 1, 2, tzinfo=UTC)
    said = mapper.standing(order(approved_at="2026-11-03T01:01:02+00:00"))
    assert said.snapshot.approved_at == datetime(2026, 11, 3, 1, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("READY", GatewayState.READY),
        ("SEND_TMS", GatewayState.READY),
        ("OPEN_PAYMENT", GatewayState.READY),
        ("SELECT_METHOD", GatewayState.READY),
        ("ARS_WAITING", GatewayState.READY),
        ("AUTH_PASSWORD", GatewayState.IN_PROGRESS),
        ("FAIL_AUTH_PASSWORD", GatewayState.FAILED),
        ("QUIT_PAYMENT", GatewayState.FAILED),
        ("FAIL_PAYMENT", GatewayState.FAILED),
    ],
)
def test_a_status_before_the_approval_has_nothing_to_cancel(status: str, state: GatewayState) -> None:
    document = order(status=status, approved_at=None)
    for name in ("canceled_amount", "cancel_available_amount", "payment_action_details", "payment_method_type"):
        del document[name]

    found = mapper.standing(document).snapshot

    assert (found.state, found.total_won, found.balance_won, found.approved_at) == (state, 30_000, 0, None)


def test_cancels_keep_their_order_and_know_their_keys() -> None:
    found = mapper.standing(part_cancelled(13_000, 7_000, OURS, BY_HAND))

    assert found.snapshot.state is GatewayState.PART_CANCELLED
    assert found.snapshot.cancels == (Cancel("A2", 10_000, 4_000), Cancel("A3", 3_000, 3_000))
    assert found.refund_keys == {"refund:order-1:7"}
    assert (found.snapshot.balance_won, found.tax_free_left_won) == (17_000, 5_000)
    assert found.snapshot.tax_free_won == 5_000


def test_the_tax_free_rest_is_put_on_cancellations_by_hand_from_the_oldest() -> None:
    later = BY_HAND | {"aid": "A4", "amount": 2_000, "payload": "고객 요청"}

    found = mapper.standing(part_cancelled(15_000, 8_500, OURS, BY_HAND, later))

    assert [one.tax_free_won for one in found.snapshot.cancels] == [4_000, 3_000, 1_500]


def test_part_cancelled_with_nothing_left_is_cancelled() -> None:
    whole = OURS | {"amount": 30_000, "payload": "refund/12000/ref:1"}

    assert mapper.standing(part_cancelled(30_000, 12_000, whole)).snapshot.state is GatewayState.CANCELLED


@pytest.mark.parametrize(
    "document",
    [
        part_cancelled(9_999, 4_000, OURS),
        part_cancelled(10_000, 4_001, OURS),
        part_cancelled(10_000, 3_999, OURS),
        part_cancelled(13_000, 7_001, OURS, BY_HAND),
        part_cancelled(10_000, 4_000),
        part_cancelled(10_000, 4_000, OURS | {"amount": None}),
        part_cancelled(10_000, 4_000, OURS | {"aid": ""}),
        order(cancel_available_amount={"total": 29_999, "tax_free": 12_000}),
        order(status="STATUS_OF_TOMORROW"),
        order(status="ISSUED_SID"),
        order(status=None),
        order(amount={"total": "30000"}),
        order(amount=30_000),
        order(tid=""),
        order(partner_order_id=None),
        order(approved_at="yesterday"),
        order(approved_at=None),
        order(payment_action_details={}),
        order(payment_action_details=[{}]),
    ],
)
def test_what_does_not_add_up_is_unknown(document: dict[str, object]) -> None:
    with pytest.raises(GatewayUnknown, match="unreadable order"):
        mapper.standing(document)


@pytest.mark.parametrize("body", [None, [], "DONE", 7, {}])
def test_what_is_no_answer_is_unknown(body: object) -> None:
    for read in (mapper.standing, mapper.approved, mapper.redirect):
        with pytest.raises(GatewayUnknown):
            read(body)


def test_an_unreadable_order_is_not_repeated_in_the_error() -> None:
    with pytest.raises(GatewayUnknown) as unknown:
        mapper.standing(order(status="secret-looking-value"))

    assert "secret-looking-value" not in str(unknown.value)


def test_an_approval_is_the_whole_amount() -> None:
    document = order()
    for name in ("status", "canceled_amount", "cancel_available_amount", "payment_action_details"):
        del document[name]

    found = mapper.approved(document)

    assert found == mapper.standing(order()).snapshot


def error(code: object, **extras: str) -> dict[str, object]:
    return {"error_code": code, "error_message": "안 돼요."} | ({"extras": extras} if extras else {})


@pytest.mark.parametrize("code", sorted(codes.FINAL))
def test_a_final_code_is_a_refusal_only_with_a_4xx(code: str) -> None:
    refused = mapper.refusal(Answer(400, error(int(code))))

    assert isinstance(refused, GatewayRejected)
    assert (refused.code, refused.message) == (code, "안 돼요.")
    for status in (500, 302, 408, 409, 429):
        assert isinstance(mapper.refusal(Answer(status, error(int(code)))), GatewayUnknown)


@pytest.mark.parametrize("code", [-702, -780, -781, -783, -785, -401, -429, -731, -9_999, "-708", None, True])
def test_a_code_that_may_hide_moved_money_is_unknown(code: object) -> None:
    assert isinstance(mapper.refusal(Answer(400, error(code))), GatewayUnknown)


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (error(-780, method_result_code="8326", method_result_message="한도 초과"), "8326", "한도 초과"),
        (error(-780, method_result_code="8326"), "8326", "안 돼요."),
        (error(-780), "-780", "안 돼요."),
        ({"error_code": -780, "extras": "?"}, "-780", ""),
        (None, "FAIL_PAYMENT", ""),
    ],
)
def test_a_failed_payment_gives_the_best_reason_there_is(body: object, code: str, message: str) -> None:
    no = mapper.declined(Answer(400, body))

    assert (no.code, no.message) == (code, message)
