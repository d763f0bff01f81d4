from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from jangteo.adapters._simulator.server import Reply
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.tests.recorder import ACCOUNT, PATIENT_S, Recorder, problem
from jangteo.domains.payments.ports import BrowserCheckout, GatewayRejected, GatewayUnknown, Returned


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def gateway(recorder: Recorder) -> Iterator[PortOneGateway]:
    opened = PortOneGateway(
        base_url=recorder.url,
        account=ACCOUNT,
        sdk_url="https://cdn.example/v2/browser-sdk.js",
        timeout_s=PATIENT_S,
    )
    yield opened
    opened.close()


def checkout(
    gateway: PortOneGateway,
    *,
    order_ref: str = "order-1",
    order_name: str = "애호박",
    tax_free_won: int = 12_000,
    success_url: str = "https://market.example/ok",
    fail_url: str = "https://market.example/no",
) -> BrowserCheckout:
    return gateway.browser_checkout(
        order_ref=order_ref,
        order_name=order_name,
        amount_won=30_000,
        tax_free_won=tax_free_won,
        success_url=success_url,
        fail_url=fail_url,
    )


def test_the_amounts_are_fixed_before_the_browser_gets_them(gateway: PortOneGateway, recorder: Recorder) -> None:
    got = checkout(gateway)

    (sent,) = recorder.requests
    amounts = {"totalAmount": 30_000, "taxFreeAmount": 12_000, "currency": "KRW"}
    assert (sent.method, sent.path) == ("POST", "/payments/order-1/pre-register")
    assert recorder.document(0) == {"storeId": "store-1"} | amounts
    assert (got.client_key, got.order_ref) == ("store-1 channel-key-1", "order-1")
    assert got.sdk_url == "https://cdn.example/v2/browser-sdk.js"


def test_the_amounts_are_fixed_anew_for_every_page(gateway: PortOneGateway, recorder: Recorder) -> None:
    checkout(gateway)
    checkout(gateway)

    keys = [sent.headers["idempotency-key"] for sent in recorder.requests]
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"paymentId": "order-1", "txId": "tx-1", "transactionType": "PAYMENT"}, ""),
        ({"paymentId": "order-1", "txId": "tx-1", "code": "FAILURE_TYPE_PG", "pgCode": "REJECT"}, "REJECT"),
        ({"paymentId": "order-1", "txId": "tx-1", "code": "PORTONE_ERROR"}, "PORTONE_ERROR"),
    ],
)
def test_the_browser_brings_the_try_back(gateway: PortOneGateway, query: dict[str, str], code: str) -> None:
    assert gateway.came_back(query) == Returned("order-1", "order-1", "tx-1", None, code)


def test_a_return_without_anything_names_nothing(gateway: PortOneGateway) -> None:
    assert gateway.came_back({}) == Returned("", "", "", None)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (problem("ALREADY_PAID"), GatewayRejected),
        (problem("UNAUTHORIZED", 401), GatewayRejected),
        (problem("INTERNAL_SERVER_ERROR", 500), GatewayUnknown),
        (problem("IDEMPOTENCY_OUTSTANDING_REQUEST"), GatewayUnknown),
    ],
)
def test_without_fixed_amounts_the_browser_gets_nothing(
    gateway: PortOneGateway, recorder: Recorder, reply: Reply, kind: type[Exception]
) -> None:
    recorder.will_say(reply)

    with pytest.raises(kind):
        checkout(gateway)


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
    gateway: PortOneGateway, recorder: Recorder, ask: Callable[[PortOneGateway], BrowserCheckout], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        ask(gateway)
    assert recorder.requests == []


def test_a_long_order_name_is_cut_to_what_the_window_takes(gateway: PortOneGateway) -> None:
    assert checkout(gateway, order_name="애" * 150).order_name == "애" * 100


def test_the_hook_runs_before_the_amounts_are_fixed(recorder: Recorder) -> None:
    def stop() -> None:
        raise RuntimeError("inside a transaction")

    stopped = PortOneGateway(base_url=recorder.url, account=ACCOUNT, sdk_url="https://cdn.example/x", before_call=stop)

    with pytest.raises(RuntimeError, match="inside a transaction"):
        checkout(stopped)
    assert recorder.requests == []
    stopped.close()
