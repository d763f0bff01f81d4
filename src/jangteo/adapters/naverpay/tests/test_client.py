from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from jangteo.adapters._simulator.server import Reply, Request, json_reply
from jangteo.adapters._wire import Answer, tls
from jangteo.adapters.naverpay import codes, mapper
from jangteo.adapters.naverpay.client import NaverPayCheckout, NaverPayGateway, NaverPayShop
from jangteo.adapters.naverpay.simulator import NaverPaySimulator, Order
from jangteo.domains.payments.ports import (
    CannotAsk,
    CardGateway,
    GatewayRejected,
    GatewayState,
    GatewayUnknown,
    Snapshot,
)

ORDER = Order("order-0001", "애호박 외 2건", 30_000, 12_000, "https://shop.example/back?m=1")
START = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)


class Watched(NaverPaySimulator):
    """A simulator that keeps what it was asked, at a time that stands still until it is moved."""

    def __init__(self, seed: int = 1) -> None:
        super().__init__(seed=seed, clock=lambda: self.moment)
        self.moment = START
        self.requests: list[Request] = []
        self.instead: Reply | None = None

    def handle(self, request: Request) -> Reply:
        self.requests.append(request)
        return self.instead or super().handle(request)

    def connect(self, timeout_s: float = 20.0) -> NaverPayGateway:
        own = self.partner
        shop = NaverPayShop(self.url, self.sdk_url, own.partner_id, own.client_id, own.client_secret, own.chain_id)
        return NaverPayGateway(shop=shop, timeout_s=timeout_s)


@pytest.fixture
def watched() -> Iterator[Watched]:
    with Watched() as running:
        yield running


@pytest.fixture
def gateway(watched: Watched) -> Iterator[NaverPayGateway]:
    opened = watched.connect()
    yield opened
    opened.close()


def confirm(gateway: NaverPayGateway, payment_id: str, order_ref: str = "order-0001") -> Snapshot:
    return gateway.confirm(payment_key=payment_id, order_ref=order_ref, amount_won=30_000, key="cap:1")


def checkout(
    gateway: NaverPayGateway,
    *,
    order_ref: str = "order-0001",
    order_name: str = "애호박 외 2건",
    tax_free_won: int = 12_000,
    success_url: str = "https://shop.example/back?m=1",
    fail_url: str = "https://shop.example/no",
) -> NaverPayCheckout:
    return gateway.browser_checkout(
        order_ref=order_ref,
        order_name=order_name,
        amount_won=30_000,
        tax_free_won=tax_free_won,
        success_url=success_url,
        fail_url=fail_url,
    )


def test_it_is_a_card_gateway(gateway: NaverPayGateway) -> None:
    as_the_port_says: CardGateway = gateway

    assert as_the_port_says.name == "naverpay"


def test_an_approval_is_sent_as_documented(gateway: NaverPayGateway, watched: Watched) -> None:
    payment_id = watched.authorise(ORDER)

    confirm(gateway, payment_id)

    (sent,) = watched.requests
    assert (sent.method, sent.path) == ("POST", "/practice-partner/naverpay/payments/v2.2/apply/payment")
    assert sent.headers["content-type"] == "application/x-www-form-urlencoded"
    assert sent.headers["x-naver-client-id"] == "practice-client"
    assert sent.headers["x-naver-client-secret"] == "practice-secret"
    assert sent.headers["x-naverpay-chain-id"] == "practice-chain"
    assert sent.body == f"paymentId={payment_id}".encode()


def test_an_approval_tells_what_was_taken(gateway: NaverPayGateway, watched: Watched) -> None:
    payment_id = watched.authorise(ORDER)

    assert confirm(gateway, payment_id) == Snapshot(
        payment_key=payment_id,
        order_ref="order-0001",
        state=GatewayState.DONE,
        total_won=30_000,
        balance_won=30_000,
        method="CARD",
        approved_at=START,
        receipt_url="",
        cancels=(),
    )


def test_another_amount_is_taken_and_told(gateway: NaverPayGateway, watched: Watched) -> None:
    payment_id = watched.authorise(Order("order-0001", "애호박", 300, 0, "https://shop.example/back"))

    assert confirm(gateway, payment_id).total_won == 300


def test_a_payment_of_another_order_is_unknown(gateway: NaverPayGateway, watched: Watched) -> None:
    payment_id = watched.authorise(ORDER)

    with pytest.raises(GatewayUnknown, match="another payment"):
        confirm(gateway, payment_id, "order-0002")


@pytest.mark.parametrize("fault", ["broken_after_commit", "server_error_after_commit", "garbage", "strange_amount"])
def test_an_answer_that_was_lost_stays_unknown_also_when_asked_again(
    gateway: NaverPayGateway, watched: Watched, fault: str
) -> None:
    payment_id = watched.authorise(ORDER)
    watched.dial.next_up("apply", fault)

    with pytest.raises(GatewayUnknown):
        confirm(gateway, payment_id)
    with pytest.raises(GatewayUnknown, match="AlreadyComplete"):
        confirm(gateway, payment_id)


def test_a_time_out_is_unknown(watched: Watched) -> None:
    hasty = watched.connect(timeout_s=0.3)
    payment_id = watched.authorise(ORDER)
    watched.dial.next_up("apply", "timeout_after_commit")

    with pytest.raises(GatewayUnknown, match="ReadTimeout"):
        confirm(hasty, payment_id)
    hasty.close()


@pytest.mark.parametrize("fault", ["server_error", "in_flight", "maintenance", "unknown_code"])
def test_an_answer_that_decides_nothing_is_unknown_and_a_repeat_succeeds(
    gateway: NaverPayGateway, watched: Watched, fault: str
) -> None:
    payment_id = watched.authorise(ORDER)
    watched.dial.next_up("apply", fault)

    with pytest.raises(GatewayUnknown):
        confirm(gateway, payment_id)

    assert confirm(gateway, payment_id).state is GatewayState.DONE


def test_a_declined_payment_is_refused_for_good(gateway: NaverPayGateway, watched: Watched) -> None:
    payment_id = watched.authorise(ORDER)
    watched.dial.next_up("apply", "decline")

    with pytest.raises(GatewayRejected) as refused:
        confirm(gateway, payment_id)

    assert (refused.value.code, refused.value.message) == ("NotEnoughAccountBalance", "잔액이 부족합니다.")


def test_an_approval_that_comes_too_late_is_refused(gateway: NaverPayGateway, watched: Watched) -> None:
    payment_id = watched.authorise(ORDER)
    watched.moment += timedelta(minutes=10, seconds=1)

    with pytest.raises(GatewayRejected, match="TimeExpired"):
        confirm(gateway, payment_id)


@pytest.mark.parametrize("payment_id", ["", "../x", "a b", "결제", "a&b=c", "k" * 51])
def test_a_payment_id_of_another_shape_never_leaves(
    gateway: NaverPayGateway, watched: Watched, payment_id: str
) -> None:
    with pytest.raises(GatewayRejected):
        confirm(gateway, payment_id)

    assert watched.requests == []


def test_nobody_is_told_that_reading_or_cancelling_works(gateway: NaverPayGateway, watched: Watched) -> None:
    with pytest.raises(GatewayUnknown, match="documented"):
        gateway.read(payment_key="20261103NP0000000001")
    with pytest.raises(GatewayUnknown, match="documented"):
        gateway.read_order(order_ref="order-0001")
    cancel = partial(gateway.cancel, payment_key="20261103NP0000000001", reason="품절", amount_won=1_000, key="ref:1")
    with pytest.raises(GatewayRejected) as refused:
        cancel(tax_free_won=0)
    assert refused.value.code == "CANCEL_BY_HAND"
    with pytest.raises(CannotAsk):
        cancel(tax_free_won=None)
    with pytest.raises(ValueError, match="amount"):
        cancel(tax_free_won=1_001)
    with pytest.raises(ValueError, match="no webhooks"):
        gateway.parse_webhook(body=b"{}", headers={})
    assert watched.requests == []


def test_strangers_are_refused_and_nothing_is_decided(watched: Watched) -> None:
    own = watched.partner
    shop = NaverPayShop(watched.url, watched.sdk_url, own.partner_id, own.client_id, "wrong", own.chain_id)
    stranger = NaverPayGateway(shop=shop)

    with pytest.raises(GatewayUnknown, match="HTTP 401 InvalidMerchant"):
        confirm(stranger, watched.authorise(ORDER))
    stranger.close()


@pytest.mark.parametrize(
    "detail",
    [
        {"paymentId": ""},
        {"merchantPayKey": None},
        {"totalPayAmount": 30_000.0},
        {"totalPayAmount": -1},
        {"admissionYmdt": "2026-11-03"},
        {"admissionYmdt": None},
        {"primaryPayMeans": 7},
        {"admissionState": "FAIL"},
    ],
)
def test_what_cannot_be_read_is_unknown(detail: dict[str, object]) -> None:
    whole = {
        "paymentId": "1",
        "merchantPayKey": "order-0001",
        "totalPayAmount": 30_000,
        "admissionYmdt": "20261103100000",
        "primaryPayMeans": "BANK",
    }

    assert mapper.approved({"body": {"detail": whole}}).approved_at == START
    with pytest.raises(GatewayUnknown, match="unreadable"):
        mapper.approved({"body": {"detail": whole | detail}})


@pytest.mark.parametrize("code", sorted(codes.FINAL))
def test_a_final_code_is_not_final_with_a_server_error(code: str) -> None:
    body = {"code": code, "message": "안 돼요."}

    assert isinstance(mapper.refusal(Answer(200, body)), GatewayRejected)
    for status in (408, 409, 429, 500):
        assert isinstance(mapper.refusal(Answer(status, body)), GatewayUnknown)


@pytest.mark.parametrize("reply", [json_reply(None), json_reply([]), json_reply({"code": 7}), json_reply({}, 302)])
def test_an_answer_in_another_shape_is_unknown(gateway: NaverPayGateway, watched: Watched, reply: Reply) -> None:
    watched.instead = reply

    with pytest.raises(GatewayUnknown):
        confirm(gateway, "1")


def test_the_window_gets_what_its_script_is_documented_to_need(gateway: NaverPayGateway, watched: Watched) -> None:
    given = checkout(gateway)

    assert (given.sdk_url, given.client_key, given.chain_id) == (watched.sdk_url, "practice-client", "practice-chain")
    assert given.mode == "production"
    assert given.window() == {
        "merchantUserKey": "order-0001",
        "merchantPayKey": "order-0001",
        "productName": "애호박 외 2건",
        "totalPayAmount": 30_000,
        "taxScopeAmount": 18_000,
        "taxExScopeAmount": 12_000,
        "returnUrl": "https://shop.example/back?m=1",
    }


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (partial(checkout, order_ref="short"), "reference"),
        (partial(checkout, order_name=""), "name"),
        (partial(checkout, tax_free_won=30_001), "amount"),
        (partial(checkout, success_url="/back"), "absolute"),
        (partial(checkout, fail_url="javascript:void(0)"), "absolute"),
    ],
)
def test_what_a_window_would_refuse_is_refused_before(
    gateway: NaverPayGateway, ask: Callable[[NaverPayGateway], NaverPayCheckout], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        ask(gateway)


def opened_at(watched: Watched, gateway: NaverPayGateway, **changes: str) -> httpx.Response:
    fields = {"clientId": "practice-client", "chainId": "practice-chain"} | checkout(gateway).window() | changes
    return httpx.get(f"{watched.url}/window?{urlencode(fields)}", verify=tls())


def pressed(watched: Watched, page: str, button: str) -> dict[str, list[str]]:
    name = page.split('name="reserveId" value="', 1)[1].split('"', 1)[0]
    back = httpx.post(f"{watched.url}/window/{button}", data={"reserveId": name}, verify=tls())
    assert back.status_code == 303
    return parse_qs(urlsplit(back.headers["location"]).query)


def test_paying_in_the_window_brings_a_payment_id_that_is_approved(gateway: NaverPayGateway, watched: Watched) -> None:
    page = opened_at(watched, gateway)

    query = pressed(watched, page.text, "pay")

    assert "30,000원" in page.text
    assert (query["m"], query["resultCode"]) == (["1"], ["Success"])
    assert pressed(watched, page.text, "pay") == query
    assert confirm(gateway, query["paymentId"][0]).total_won == 30_000


def test_giving_up_in_the_window_brings_no_payment_id(gateway: NaverPayGateway, watched: Watched) -> None:
    query = pressed(watched, opened_at(watched, gateway).text, "cancel")

    assert query["resultCode"] == ["UserCancel"]
    assert "paymentId" not in query


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"clientId": "other"}, "InvalidMerchant"),
        ({"totalPayAmount": "-1"}, "InvalidPayAmount"),
        ({"taxScopeAmount": "1"}, "InvalidPayAmount"),
        ({"merchantPayKey": ""}, "InvalidRequest"),
        ({"returnUrl": "javascript:alert(1)"}, "InvalidReturnUrl"),
    ],
)
def test_a_window_that_cannot_open_says_so(
    gateway: NaverPayGateway, watched: Watched, changes: dict[str, str], code: str
) -> None:
    page = opened_at(watched, gateway, **changes)

    assert page.status_code == 400
    assert code in page.text


def test_the_script_is_served_where_the_checkout_says(gateway: NaverPayGateway) -> None:
    script = httpx.get(checkout(gateway).sdk_url, verify=tls())

    assert script.headers["content-type"].startswith("text/javascript")
    assert "Naver" in script.text


def test_the_same_seed_gives_the_same_numbers() -> None:
    numbers = []
    for _ in range(2):
        with Watched(seed=7) as running:
            numbers.append(running.authorise(ORDER))

    assert numbers[0] == numbers[1]


def test_neither_numbers_nor_secrets_reach_the_log(
    gateway: NaverPayGateway, watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    payment_id = watched.authorise(ORDER)

    confirm(gateway, payment_id)

    assert "naverpay apply: HTTP 200" in caplog.text
    assert payment_id not in caplog.text
    assert "practice-secret" not in caplog.text
