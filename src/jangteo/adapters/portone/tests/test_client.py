from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from jangteo.adapters._simulator.server import Reply, json_reply
from jangteo.adapters.portone.api import wire_key
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.tests.recorder import ACCOUNT, PATIENT_S, Recorder, cancellation, payment, problem
from jangteo.domains.payments.ports import (
    BankAccount,
    CannotAsk,
    GatewayRejected,
    GatewayUnknown,
    Snapshot,
)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def gateway(recorder: Recorder) -> Iterator[PortOneGateway]:
    opened = connect(recorder)
    yield opened
    opened.close()


def connect(recorder: Recorder, *, live: bool = True, before_call: Callable[[], None] = lambda: None) -> PortOneGateway:
    return PortOneGateway(
        base_url=recorder.url,
        account=replace(ACCOUNT, live=live),
        sdk_url="https://cdn.example/v2/browser-sdk.js",
        timeout_s=PATIENT_S,
        before_call=before_call,
    )


def confirm(gateway: PortOneGateway) -> Snapshot:
    return gateway.confirm(payment_key="order-1", order_ref="order-1", amount_won=30_000, key="cap:1")


def cancel(gateway: PortOneGateway, *, reason: str = "품절", key: str = "ref:1", tax_free_won: int = 0) -> Snapshot:
    return gateway.cancel(payment_key="order-1", reason=reason, amount_won=10_000, tax_free_won=tax_free_won, key=key)


def marked_reason(recorder: Recorder) -> str:
    """The reason that the cancellation would be sent with."""
    recorder.will_say(json_reply(payment()), problem("PG_PROVIDER", 502))
    gateway = connect(recorder)
    with pytest.raises(GatewayUnknown):
        cancel(gateway)
    gateway.close()
    reason = str(recorder.document(1)["reason"])
    recorder.requests.clear()
    return reason


def test_confirm_only_reads(gateway: PortOneGateway, recorder: Recorder) -> None:
    assert confirm(gateway).total_won == 30_000

    (sent,) = recorder.requests
    assert (sent.method, sent.path, sent.query) == ("GET", "/payments/order-1", {"storeId": "store-1"})
    assert sent.headers["authorization"] == "PortOne secret-1"
    assert "idempotency-key" not in sent.headers


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (problem("PAYMENT_NOT_FOUND", 404), "PAYMENT_NOT_FOUND"),
        (json_reply(payment(status="READY")), "PAYMENT_NOT_PAID"),
        (json_reply(payment(status="FAILED", failure={"reason": "한도 초과"})), "PAYMENT_FAILED"),
    ],
)
def test_a_window_that_ended_without_money_is_refused(
    gateway: PortOneGateway, recorder: Recorder, reply: Reply, code: str
) -> None:
    recorder.will_say(reply)

    with pytest.raises(GatewayRejected) as refused:
        confirm(gateway)

    assert refused.value.code == code
    assert refused.value.message


def test_an_approval_that_is_pending_is_unknown(gateway: PortOneGateway, recorder: Recorder) -> None:
    recorder.will_say(json_reply(payment(status="PENDING")))

    with pytest.raises(GatewayUnknown, match="pending"):
        confirm(gateway)


def test_another_amount_than_the_orders_is_returned_and_logged(
    gateway: PortOneGateway, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    recorder.will_say(json_reply(payment(amount={"total": 300, "cancelled": 0})))

    assert confirm(gateway).total_won == 300
    assert "paid 300 won instead of 30000" in caplog.text


def test_a_key_of_another_order_never_leaves(gateway: PortOneGateway, recorder: Recorder) -> None:
    with pytest.raises(GatewayRejected, match="PAYMENT_OF_ANOTHER_ORDER"):
        gateway.confirm(payment_key="order-2", order_ref="order-1", amount_won=30_000, key="cap:1")

    assert recorder.requests == []


def test_money_of_a_test_channel_is_no_money_to_a_live_shop(gateway: PortOneGateway, recorder: Recorder) -> None:
    recorder.will_say(json_reply(payment(channel={"type": "TEST"})))
    practising = connect(recorder, live=False)

    assert gateway.read(payment_key="order-1") is None
    with pytest.raises(GatewayRejected, match="PAYMENT_NOT_FOUND"):
        confirm(gateway)
    assert confirm(practising).total_won == 30_000
    practising.close()


def test_cancel_says_the_tax_free_part_and_the_balance_it_saw(gateway: PortOneGateway, recorder: Recorder) -> None:
    reason = marked_reason(recorder)
    done = payment(amount={"total": 30_000, "cancelled": 10_000}, cancellations=[cancellation(reason=reason)])
    recorder.will_say(json_reply(payment()), json_reply({"cancellation": cancellation()}), json_reply(done))

    back = cancel(gateway)

    assert back.balance_won == 20_000
    assert recorder.sent() == [
        ("GET", "/payments/order-1"),
        ("POST", "/payments/order-1/cancel"),
        ("GET", "/payments/order-1"),
    ]
    assert recorder.document(1) == {
        "storeId": "store-1",
        "reason": reason,
        "amount": 10_000,
        "taxFreeAmount": 0,
        "currentCancellableAmount": 30_000,
    }
    assert recorder.requests[1].headers["idempotency-key"] == wire_key("ref:1:30000")


def test_scenario_23_a_cancellation_that_does_not_say_its_tax_free_part_never_leaves(
    gateway: PortOneGateway, recorder: Recorder
) -> None:
    with pytest.raises(CannotAsk) as refused:
        gateway.cancel(payment_key="order-1", reason="품절", amount_won=10_000, tax_free_won=None, key="ref:1")

    assert refused.value.code == "TAX_FREE_NOT_SAID"
    assert recorder.requests == []


def test_a_deposit_goes_back_to_the_customers_account(gateway: PortOneGateway, recorder: Recorder) -> None:
    recorder.will_say(json_reply(payment()), problem("PG_PROVIDER", 502))

    with pytest.raises(GatewayUnknown):
        refund_into(gateway, "004")

    assert recorder.document(1)["refundAccount"] == {"bank": "KOOKMIN", "number": "1234567890", "holderName": "김순자"}


def test_a_bank_that_portone_has_no_name_for_never_leaves(gateway: PortOneGateway, recorder: Recorder) -> None:
    with pytest.raises(CannotAsk) as refused:
        refund_into(gateway, "999")

    assert refused.value.code == "UNKNOWN_BANK"
    assert recorder.requests == []


def refund_into(gateway: PortOneGateway, bank: str) -> Snapshot:
    return gateway.cancel(
        payment_key="order-1",
        reason="품절",
        amount_won=10_000,
        tax_free_won=0,
        key="ref:1",
        refund_to=BankAccount(bank, "1234567890", "김순자"),
    )


@pytest.mark.parametrize(("amount_won", "tax_free_won"), [(0, 0), (-1, 0), (10_000, 10_001), (10_000, -1)])
def test_amounts_that_cannot_be_meant_never_leave(
    gateway: PortOneGateway, recorder: Recorder, amount_won: int, tax_free_won: int
) -> None:
    with pytest.raises(ValueError, match="amount"):
        gateway.cancel(
            payment_key="order-1", reason="품절", amount_won=amount_won, tax_free_won=tax_free_won, key="ref:1"
        )

    assert recorder.requests == []


@pytest.mark.parametrize(("reason", "key"), [("", "ref:1"), ("품절", "")])
def test_a_cancellation_has_a_reason_and_a_key(
    gateway: PortOneGateway, recorder: Recorder, reason: str, key: str
) -> None:
    with pytest.raises(ValueError, match="reason"):
        cancel(gateway, reason=reason, key=key)

    assert recorder.requests == []


def test_a_long_reason_is_cut_and_keeps_its_mark(gateway: PortOneGateway, recorder: Recorder) -> None:
    mark = marked_reason(recorder).removeprefix("품절")
    recorder.will_say(json_reply(payment()), problem("PG_PROVIDER", 502))

    with pytest.raises(GatewayUnknown):
        cancel(gateway, reason="가" * 300)

    sent = str(recorder.document(1)["reason"])
    assert len(sent) == 100
    assert sent == "가" * (100 - len(mark)) + mark


def test_a_cancellation_that_bears_the_mark_was_this_one(gateway: PortOneGateway, recorder: Recorder) -> None:
    done = payment(
        amount={"total": 30_000, "cancelled": 10_000}, cancellations=[cancellation(reason=marked_reason(recorder))]
    )
    recorder.will_say(json_reply(done))

    assert cancel(gateway).balance_won == 20_000
    assert recorder.sent() == [("GET", "/payments/order-1")]


def test_a_cancellation_underway_is_not_asked_for_again(gateway: PortOneGateway, recorder: Recorder) -> None:
    underway = cancellation(status="REQUESTED", reason=marked_reason(recorder))
    recorder.will_say(json_reply(payment(cancellations=[underway])))

    with pytest.raises(GatewayUnknown, match="underway"):
        cancel(gateway)
    assert recorder.sent() == [("GET", "/payments/order-1")]


@pytest.mark.parametrize("status", ["REQUESTED", "FAILED", "STATUS_OF_TOMORROW"])
def test_a_cancellation_that_is_not_done_is_unknown(gateway: PortOneGateway, recorder: Recorder, status: str) -> None:
    recorder.will_say(json_reply(payment()), json_reply({"cancellation": cancellation(status=status)}))

    with pytest.raises(GatewayUnknown):
        cancel(gateway)


def test_a_cancellation_that_does_not_show_afterwards_is_unknown(gateway: PortOneGateway, recorder: Recorder) -> None:
    recorder.will_say(json_reply(payment()), json_reply({"cancellation": cancellation()}), json_reply(payment()))

    with pytest.raises(GatewayUnknown, match="not to be seen"):
        cancel(gateway)


def test_a_payment_that_is_not_there_cannot_be_cancelled(gateway: PortOneGateway, recorder: Recorder) -> None:
    recorder.will_say(problem("PAYMENT_NOT_FOUND", 404))

    with pytest.raises(GatewayRejected, match="PAYMENT_NOT_FOUND"):
        cancel(gateway)


@pytest.mark.parametrize("reference", ["", "..", "../x", "a/b", "order-1?x=1", "주문-0001", "o" * 65])
def test_a_reference_of_another_shape_never_leaves(gateway: PortOneGateway, recorder: Recorder, reference: str) -> None:
    assert gateway.read(payment_key=reference) is None
    assert gateway.read_order(order_ref=reference) is None
    assert recorder.requests == []


def test_an_answer_about_another_payment_is_unknown(gateway: PortOneGateway, recorder: Recorder) -> None:
    recorder.will_say(json_reply(payment(id="order-2")))

    with pytest.raises(GatewayUnknown, match="another payment"):
        gateway.read(payment_key="order-1")


@pytest.mark.parametrize(
    "reply",
    [
        problem("UNAUTHORIZED", 401),
        problem("FORBIDDEN", 403),
        problem("INVALID_REQUEST", 400),
        problem("NOT_FOUND", 404),
        Reply(404, b"<html>not found</html>", "text/html"),
        replace(json_reply({}, 302), headers={"Location": "/elsewhere"}),
    ],
)
def test_a_refused_read_is_unknown_and_not_a_missing_payment(
    gateway: PortOneGateway, recorder: Recorder, reply: Reply
) -> None:
    recorder.will_say(reply)

    with pytest.raises(GatewayUnknown):
        gateway.read(payment_key="order-1")
    assert len(recorder.requests) == 1


def test_nobody_listening_is_unknown(recorder: Recorder) -> None:
    gateway = connect(recorder)
    recorder.close()

    with pytest.raises(GatewayUnknown):
        gateway.read(payment_key="order-1")
    gateway.close()


def test_the_hook_runs_before_every_call_and_can_stop_it(recorder: Recorder) -> None:
    def stop() -> None:
        raise RuntimeError("inside a transaction")

    gateway = connect(recorder, before_call=stop)

    for call in (confirm, cancel):
        with pytest.raises(RuntimeError, match="inside a transaction"):
            call(gateway)
    assert recorder.requests == []
    gateway.close()


def test_neither_references_nor_secrets_reach_the_log(
    gateway: PortOneGateway, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    gateway.read(payment_key="order-1")
    recorder.will_say(Reply(hang_up=True))
    with pytest.raises(GatewayUnknown):
        gateway.read(payment_key="order-1")

    assert "portone read: HTTP 200" in caplog.text
    assert "portone read: RemoteProtocolError" in caplog.text
    assert "order-1" not in caplog.text
    assert "secret-1" not in caplog.text
