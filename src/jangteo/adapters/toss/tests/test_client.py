from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer, json_reply
from jangteo.adapters.toss.client import TossGateway
from jangteo.domains.payments.ports import BankAccount, BrowserCheckout, CannotAsk, GatewayUnknown, PayBy, Returned

PAYMENT = {
    "paymentKey": "key-1",
    "orderId": "order-1",
    "status": "DONE",
    "totalAmount": 30_000,
    "balanceAmount": 30_000,
}
PATIENT_S = 20.0


class Recorder(Simulator):
    """Answers every request with one reply and keeps the requests."""

    def __init__(self) -> None:
        super().__init__(SimulatorServer())
        self.requests: list[Request] = []
        self.reply = json_reply(PAYMENT)

    def handle(self, request: Request) -> Reply:
        self.requests.append(request)
        return self.reply


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def gateway(recorder: Recorder) -> Iterator[TossGateway]:
    opened = connect(recorder)
    yield opened
    opened.close()


def connect(recorder: Recorder) -> TossGateway:
    return TossGateway(
        base_url=recorder.url,
        secret_key="test_sk_abc",
        client_key="test_ck_abc",
        sdk_url="https://js.example/v2",
        timeout_s=PATIENT_S,
    )


def cancel(gateway: TossGateway, *, reason: str = "품절", key: str = "ref:1") -> None:
    gateway.cancel(payment_key="key-1", reason=reason, amount_won=10_000, tax_free_won=0, key=key)


def test_confirm_is_sent_as_documented(gateway: TossGateway, recorder: Recorder) -> None:
    gateway.confirm(payment_key="key-1", order_ref="order-1", amount_won=30_000, key="cap:1")

    (sent,) = recorder.requests
    assert (sent.method, sent.path) == ("POST", "/v1/payments/confirm")
    assert sent.headers["authorization"] == "Basic dGVzdF9za19hYmM6"
    assert sent.headers["idempotency-key"] == "cap:1"
    assert json.loads(sent.body) == {"paymentKey": "key-1", "orderId": "order-1", "amount": 30_000}


def test_cancel_always_says_the_tax_free_part(gateway: TossGateway, recorder: Recorder) -> None:
    cancel(gateway)

    (sent,) = recorder.requests
    assert (sent.method, sent.path) == ("POST", "/v1/payments/key-1/cancel")
    assert sent.headers["idempotency-key"] == "ref:1"
    assert json.loads(sent.body) == {"cancelReason": "품절", "cancelAmount": 10_000, "taxFreeAmount": 0}


def test_the_account_of_a_refund_is_sent_with_the_banks_own_code(gateway: TossGateway, recorder: Recorder) -> None:
    gateway.cancel(
        payment_key="key-1",
        reason="품절",
        amount_won=10_000,
        tax_free_won=4_000,
        key="ref:1",
        refund_to=BankAccount("004", "12345678901234", "김순자"),
    )

    assert json.loads(recorder.requests[0].body)["refundReceiveAccount"] == {
        "bank": "06",
        "accountNumber": "12345678901234",
        "holderName": "김순자",
    }


def test_scenario_23_a_cancel_that_does_not_say_its_tax_free_part_never_leaves(
    gateway: TossGateway, recorder: Recorder
) -> None:
    with pytest.raises(CannotAsk) as refused:
        gateway.cancel(payment_key="key-1", reason="품절", amount_won=10_000, tax_free_won=None, key="ref:1")

    assert refused.value.code == "TAX_FREE_NOT_SAID"
    assert recorder.requests == []


def test_a_refund_to_no_known_bank_never_leaves(gateway: TossGateway, recorder: Recorder) -> None:
    with pytest.raises(CannotAsk) as refused:
        gateway.cancel(
            payment_key="key-1",
            reason="품절",
            amount_won=10_000,
            tax_free_won=0,
            key="ref:1",
            refund_to=BankAccount("국민", "12345678901234", "김순자"),
        )

    assert refused.value.code == "UNKNOWN_BANK"
    assert recorder.requests == []


def test_a_long_reason_is_cut_to_what_the_gateway_takes(gateway: TossGateway, recorder: Recorder) -> None:
    cancel(gateway, reason="가" * 300)

    assert json.loads(recorder.requests[0].body)["cancelReason"] == "가" * 200


def test_an_empty_reason_never_leaves(gateway: TossGateway, recorder: Recorder) -> None:
    with pytest.raises(ValueError, match="reason"):
        cancel(gateway, reason="")

    assert recorder.requests == []


@pytest.mark.parametrize("key", ["", "k" * 301, "키", "a b", "a\r\nX-Evil: 1"])
def test_an_idempotency_key_that_cannot_be_sent_never_leaves(
    gateway: TossGateway, recorder: Recorder, key: str
) -> None:
    with pytest.raises(ValueError, match="idempotency"):
        cancel(gateway, key=key)

    assert recorder.requests == []


def test_reads_carry_no_idempotency_key(gateway: TossGateway, recorder: Recorder) -> None:
    gateway.read(payment_key="key-1")
    gateway.read_order(order_ref="order-1")

    assert [(sent.method, sent.path) for sent in recorder.requests] == [
        ("GET", "/v1/payments/key-1"),
        ("GET", "/v1/payments/orders/order-1"),
    ]
    assert all("idempotency-key" not in sent.headers for sent in recorder.requests)


def test_a_payment_key_stays_one_segment_of_the_path(gateway: TossGateway, recorder: Recorder) -> None:
    strange = "../orders/order-1?a=b#c"
    recorder.reply = json_reply(PAYMENT | {"paymentKey": strange})

    gateway.read(payment_key=strange)
    gateway.cancel(payment_key=strange, reason="품절", amount_won=1, tax_free_won=0, key="ref:1")

    assert [(sent.path, sent.query) for sent in recorder.requests] == [
        ("/v1/payments/..%2Forders%2Forder-1%3Fa%3Db%23c", {}),
        ("/v1/payments/..%2Forders%2Forder-1%3Fa%3Db%23c/cancel", {}),
    ]


def test_an_answer_about_another_payment_is_unknown(gateway: TossGateway, recorder: Recorder) -> None:
    recorder.reply = json_reply(PAYMENT | {"paymentKey": "key-2"})

    with pytest.raises(GatewayUnknown, match="another payment"):
        gateway.confirm(payment_key="key-1", order_ref="order-1", amount_won=30_000, key="cap:1")
    with pytest.raises(GatewayUnknown, match="another payment"):
        cancel(gateway)
    with pytest.raises(GatewayUnknown, match="another payment"):
        gateway.read(payment_key="key-1")


def test_an_answer_about_another_order_is_unknown(gateway: TossGateway, recorder: Recorder) -> None:
    recorder.reply = json_reply(PAYMENT | {"orderId": "order-2"})

    with pytest.raises(GatewayUnknown, match="another payment"):
        gateway.confirm(payment_key="key-1", order_ref="order-1", amount_won=30_000, key="cap:1")
    with pytest.raises(GatewayUnknown, match="another payment"):
        gateway.read_order(order_ref="order-1")


@pytest.mark.parametrize(
    ("status", "code"), [(401, "UNAUTHORIZED_KEY"), (403, "FORBIDDEN_REQUEST"), (404, "PAGE"), (400, "INVALID_REQUEST")]
)
def test_a_refused_read_is_unknown_and_not_a_missing_payment(
    gateway: TossGateway, recorder: Recorder, status: int, code: str
) -> None:
    recorder.reply = json_reply({"code": code, "message": ""}, status)

    with pytest.raises(GatewayUnknown):
        gateway.read(payment_key="key-1")


def test_a_404_page_of_some_proxy_is_not_a_missing_payment(gateway: TossGateway, recorder: Recorder) -> None:
    recorder.reply = Reply(404, b"<html>not found</html>", "text/html")

    with pytest.raises(GatewayUnknown):
        gateway.read_order(order_ref="order-1")


def test_a_redirect_is_not_followed(gateway: TossGateway, recorder: Recorder) -> None:
    recorder.reply = replace(json_reply({}, 302), headers={"Location": "/elsewhere"})

    with pytest.raises(GatewayUnknown):
        gateway.read(payment_key="key-1")
    assert len(recorder.requests) == 1


def test_nobody_listening_is_unknown(recorder: Recorder) -> None:
    gateway = connect(recorder)
    recorder.close()

    with pytest.raises(GatewayUnknown):
        gateway.read(payment_key="key-1")
    gateway.close()


def test_the_hook_runs_before_every_call_and_can_stop_it(recorder: Recorder) -> None:
    def stop() -> None:
        raise RuntimeError("inside a transaction")

    gateway = TossGateway(
        base_url=recorder.url,
        secret_key="test_sk_abc",
        client_key="c",
        sdk_url="s",
        before_call=stop,
    )

    with pytest.raises(RuntimeError, match="inside a transaction"):
        gateway.confirm(payment_key="key-1", order_ref="order-1", amount_won=30_000, key="cap:1")
    with pytest.raises(RuntimeError, match="inside a transaction"):
        gateway.read(payment_key="key-1")
    with pytest.raises(RuntimeError, match="inside a transaction"):
        gateway.read_order(order_ref="order-1")
    with pytest.raises(RuntimeError, match="inside a transaction"):
        cancel(gateway)
    assert recorder.requests == []
    gateway.close()


def test_neither_keys_nor_secrets_reach_the_log(
    gateway: TossGateway, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    gateway.read(payment_key="key-1")
    cancel(gateway)
    recorder.reply = Reply(hang_up=True)
    with pytest.raises(GatewayUnknown):
        gateway.read(payment_key="key-1")

    assert "toss read: HTTP 200" in caplog.text
    assert "toss cancel: HTTP 200" in caplog.text
    assert "toss read: RemoteProtocolError" in caplog.text
    assert "key-1" not in caplog.text
    assert "test_sk_abc" not in caplog.text
    assert "dGVzdF9za19hYmM6" not in caplog.text


def test_one_connection_serves_many_calls(gateway: TossGateway, recorder: Recorder) -> None:
    for _ in range(5):
        gateway.read(payment_key="key-1")

    assert len(recorder.requests) == 5
    assert len({sent.peer for sent in recorder.requests}) == 1


def checkout(
    gateway: TossGateway,
    *,
    order_ref: str = "order-1",
    order_name: str = "애호박",
    amount_won: int = 30_000,
    tax_free_won: int = 0,
    success_url: str = "https://market.example/ok",
    fail_url: str = "https://market.example/no",
) -> BrowserCheckout:
    return gateway.browser_checkout(
        order_ref=order_ref,
        order_name=order_name,
        amount_won=amount_won,
        tax_free_won=tax_free_won,
        success_url=success_url,
        fail_url=fail_url,
    )


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (partial(checkout, order_ref="short"), "reference"),
        (partial(checkout, order_ref="주문-0001"), "reference"),
        (partial(checkout, order_name=""), "name"),
        (partial(checkout, tax_free_won=30_001), "amount"),
        (partial(checkout, success_url="/pay/ok"), "absolute"),
        (partial(checkout, fail_url="javascript:void(0)"), "absolute"),
    ],
)
def test_what_the_window_would_refuse_is_refused_before(
    gateway: TossGateway, ask: Callable[[TossGateway], BrowserCheckout], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        ask(gateway)


def test_a_long_order_name_is_cut_to_what_the_window_takes(gateway: TossGateway) -> None:
    assert checkout(gateway, order_name="애" * 150).order_name == "애" * 100


def test_amounts_below_the_minimum_have_a_code(gateway: TossGateway) -> None:
    for_an_account = checkout(gateway, amount_won=199)
    with pytest.raises(CannotAsk) as by_card:
        checkout(gateway, amount_won=99)
    with pytest.raises(CannotAsk) as by_account:
        gateway.account_checkout(checkout=for_an_account, due_hours=24)

    assert {by_card.value.code, by_account.value.code} == {"BELOW_MINIMUM_AMOUNT"}
    assert checkout(gateway, amount_won=100).amount_won == 100
    assert gateway.account_checkout(checkout=checkout(gateway, amount_won=200), due_hours=24).amount_won == 200


def test_a_checkout_by_account_says_how_long_it_is_open(gateway: TossGateway) -> None:
    by_card = checkout(gateway)

    by_account = gateway.account_checkout(checkout=by_card, due_hours=24)

    assert (by_card.pay_by, by_card.due_hours) == (PayBy.CARD, None)
    assert by_account == replace(by_card, pay_by=PayBy.ACCOUNT, due_hours=24)


@pytest.mark.parametrize("hours", [0, 721])
def test_an_account_is_open_for_thirty_days_at_most(gateway: TossGateway, hours: int) -> None:
    with pytest.raises(ValueError, match="720"):
        gateway.account_checkout(checkout=checkout(gateway), due_hours=hours)


@pytest.mark.parametrize(
    ("query", "returned"),
    [
        ({"paymentKey": "pk", "orderId": "order-1", "amount": "300"}, Returned("order-1", "pk", "pk", 300)),
        ({"paymentKey": "pk", "orderId": "order-1", "amount": "３００"}, Returned("order-1", "pk", "pk", 0)),
        ({"code": "USER_CANCEL", "orderId": "order-1"}, Returned("order-1", "", "", 0, "USER_CANCEL")),
        ({}, Returned("", "", "", 0)),
    ],
)
def test_what_the_browser_brings_back_is_read(query: dict[str, str], returned: Returned) -> None:
    gateway = TossGateway(base_url="http://127.0.0.1:9", sdk_url="http://x", secret_key="s", client_key="c")

    assert gateway.came_back(query) == returned
    gateway.close()
