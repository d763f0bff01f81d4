from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import httpx
import pytest

from jangteo.adapters._simulator.server import Reply, json_reply
from jangteo.adapters._wire import tls
from jangteo.adapters.kakaopay.access import KakaoPayShop
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.tests.bench import ORDER, URLS, Watched, authorise, pay, ready
from jangteo.domains.payments.ports import GatewayRejected, GatewayState, GatewayUnknown, Snapshot
from jangteo.domains.payments.redirect_port import Opened, Redirect, RedirectGateway


def confirm(gateway: KakaoPayGateway, tid: str, amount_won: int = 30_000) -> Snapshot:
    return gateway.confirm(payment_key=tid, order_ref=ORDER, amount_won=amount_won, key="cap:1")


def refund(gateway: KakaoPayGateway, tid: str, *, won: int = 10_000, tax_free: int = 0, key: str = "ref:1") -> Snapshot:
    return gateway.cancel(payment_key=tid, reason="품절", amount_won=won, tax_free_won=tax_free, key=key)


def read(gateway: KakaoPayGateway, tid: str) -> Snapshot:
    found = gateway.read(payment_key=tid)
    assert found is not None
    return found


def test_it_is_a_redirect_gateway(gateway: KakaoPayGateway) -> None:
    as_the_port_says: RedirectGateway = gateway

    assert as_the_port_says.name == "kakaopay"


def test_ready_is_sent_as_documented(gateway: KakaoPayGateway, watched: Watched) -> None:
    redirect = ready(gateway, 30_000, 12_000)

    (sent,) = watched.requests
    assert (sent.method, sent.path) == ("POST", "/online/v1/payment/ready")
    assert sent.headers["authorization"] == "SECRET_KEY DEV_practice"
    assert sent.headers["content-type"] == "application/json"
    assert watched.bodies("ready") == [
        {
            "cid": "TC0ONETIME",
            "cid_secret": "a" * 24,
            "partner_order_id": ORDER,
            "partner_user_id": ORDER,
            "item_name": "애호박 외 2건",
            "quantity": 1,
            "total_amount": 30_000,
            "tax_free_amount": 12_000,
            "approval_url": URLS.approved,
            "cancel_url": URLS.cancelled,
            "fail_url": URLS.failed,
        }
    ]
    assert redirect.url_pc.startswith(f"{watched.url}/window/pc/")
    assert redirect.url_mobile.startswith(f"{watched.url}/window/mobile/")


def test_a_window_opened_again_is_another_payment(gateway: KakaoPayGateway) -> None:
    assert ready(gateway).tid != ready(gateway).tid


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (partial(ready, order_ref="short"), "reference"),
        (partial(ready, order_ref="주문-0001"), "reference"),
        (partial(ready, order_name=""), "name"),
        (partial(ready, amount_won=0), "amount"),
        (partial(ready, tax_free_won=30_001), "amount"),
        (partial(ready, urls=replace(URLS, approved="/ok")), "absolute"),
        (partial(ready, urls=replace(URLS, cancelled="javascript:void(0)")), "absolute"),
        (partial(ready, urls=replace(URLS, failed="https://shop.example/" + "o" * 255)), "255"),
    ],
)
def test_what_a_window_would_refuse_never_leaves(
    gateway: KakaoPayGateway, watched: Watched, ask: Callable[[KakaoPayGateway], Redirect], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        ask(gateway)

    assert watched.requests == []


@pytest.mark.parametrize("fault", ["server_error", "garbage"])
def test_a_window_that_did_not_open_can_be_asked_for_again(
    gateway: KakaoPayGateway, watched: Watched, fault: str
) -> None:
    watched.dial.next_up("ready", fault)

    with pytest.raises(GatewayUnknown):
        ready(gateway)

    assert ready(gateway).tid


def test_a_window_at_no_web_address_is_not_opened(gateway: KakaoPayGateway, watched: Watched) -> None:
    watched.instead = json_reply(
        {"tid": "T1", "next_redirect_pc_url": "javascript:alert(1)", "next_redirect_mobile_url": "https://a.example/"}
    )

    with pytest.raises(GatewayUnknown, match="address"):
        ready(gateway)


def test_confirm_reads_first_and_approves_as_documented(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = authorise(watched, gateway)

    confirm(gateway, tid)

    assert watched.bodies("approve") == [
        {
            "cid": "TC0ONETIME",
            "cid_secret": "a" * 24,
            "partner_order_id": ORDER,
            "partner_user_id": ORDER,
            "tid": tid,
            "pg_token": watched.opened[ORDER].token,
            "payload": "cap:1",
            "total_amount": 30_000,
        }
    ]
    assert watched.calls() == ["order", "approve"]


def test_a_confirmation_whose_answer_was_lost_is_read_and_not_sent_again(
    gateway: KakaoPayGateway, watched: Watched
) -> None:
    tid = authorise(watched, gateway)
    watched.dial.next_up("approve", "broken_after_commit")
    with pytest.raises(GatewayUnknown):
        confirm(gateway, tid)
    watched.requests.clear()

    again = confirm(gateway, tid)

    assert (again.state, again.total_won) == (GatewayState.DONE, 30_000)
    assert watched.calls() == ["order"]


@pytest.mark.parametrize("opened", [None, Opened("T-of-another-window", "token"), Opened("", "")])
def test_without_the_token_of_this_window_nothing_is_approved(
    gateway: KakaoPayGateway, watched: Watched, opened: Opened | None
) -> None:
    tid = authorise(watched, gateway)
    watched.opened.clear()
    if opened:
        watched.opened[ORDER] = Opened(opened.tid or tid, opened.token)

    with pytest.raises(GatewayUnknown, match="no token"):
        confirm(gateway, tid)

    assert watched.calls() == ["order"]


def test_a_made_up_token_is_refused_and_takes_nothing(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = authorise(watched, gateway)
    watched.opened[ORDER] = Opened(tid, "made-up")

    with pytest.raises(GatewayRejected) as refused:
        confirm(gateway, tid)

    assert refused.value.code == "-708"
    found = read(gateway, tid)
    assert found.state is GatewayState.IN_PROGRESS


def test_another_amount_is_refused_before_any_money_moves(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = authorise(watched, gateway)

    with pytest.raises(GatewayRejected, match="AMOUNT_DIFFERS"):
        confirm(gateway, tid, 29_999)

    assert watched.calls() == ["order"]


def test_a_declined_payment_says_what_the_means_of_payment_said(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = authorise(watched, gateway)
    watched.dial.next_up("approve", "decline")

    with pytest.raises(GatewayRejected) as refused:
        confirm(gateway, tid)
    assert (refused.value.code, refused.value.message) == ("LACK_BALANCE", "잔액이 부족합니다.")
    watched.requests.clear()

    with pytest.raises(GatewayRejected):
        confirm(gateway, tid)
    assert watched.calls() == ["order"]


def test_the_receipt_opens(gateway: KakaoPayGateway, watched: Watched) -> None:
    tid = authorise(watched, gateway)

    receipt = httpx.get(confirm(gateway, tid).receipt_url, verify=tls())

    assert receipt.status_code == 200
    assert "30,000원" in receipt.text


def test_without_an_address_for_receipts_there_is_none(watched: Watched, gateway: KakaoPayGateway) -> None:
    tid = pay(watched, gateway)
    plain = KakaoPayGateway(
        shop=KakaoPayShop(watched.url, "DEV_practice", "TC0ONETIME"), find_opened=watched.opened.get
    )

    found = plain.read(payment_key=tid)

    assert found is not None
    assert found.receipt_url == ""
    plain.close()


@pytest.mark.parametrize(
    "reply",
    [
        json_reply({"error_code": -401, "error_message": ""}, 401),
        json_reply({"error_code": -731, "error_message": ""}, 400),
        json_reply({"error_code": -721, "error_message": ""}, 500),
        Reply(404, b"<html>not found</html>", "text/html"),
        json_reply({}, 302),
    ],
)
def test_a_refused_read_is_unknown_and_not_a_missing_payment(
    gateway: KakaoPayGateway, watched: Watched, reply: Reply
) -> None:
    tid = pay(watched, gateway)
    watched.instead = reply

    with pytest.raises(GatewayUnknown):
        gateway.read(payment_key=tid)
    with pytest.raises(GatewayUnknown):
        refund(gateway, tid)


def test_an_answer_about_another_payment_is_unknown(gateway: KakaoPayGateway, watched: Watched) -> None:
    first, second = pay(watched, gateway), ready(gateway).tid
    watched.opened["order-0002"] = Opened(first, "")

    assert gateway.read_order(order_ref=ORDER) == gateway.read(payment_key=first)
    with pytest.raises(GatewayUnknown, match="another payment"):
        gateway.read_order(order_ref="order-0002")
    answer = {"tid": first, "partner_order_id": ORDER, "status": "READY", "amount": {"total": 30_000}}
    watched.instead = json_reply(answer)
    with pytest.raises(GatewayUnknown, match="another payment"):
        gateway.read(payment_key=second)


def test_the_hook_runs_before_every_call(watched: Watched) -> None:
    def stop() -> None:
        raise RuntimeError("inside a transaction")

    gateway = KakaoPayGateway(shop=watched.shop, find_opened=watched.opened.get, before_call=stop)
    for ask in (partial(ready, gateway), partial(confirm, gateway, "T1"), partial(refund, gateway, "T1")):
        with pytest.raises(RuntimeError, match="inside a transaction"):
            ask()

    assert watched.requests == []
    gateway.close()


def test_neither_numbers_nor_secrets_reach_the_log(
    gateway: KakaoPayGateway, watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    tid = pay(watched, gateway)
    refund(gateway, tid)

    assert [
        name for name in ("ready", "read", "approve", "cancel") if f"kakaopay {name}: HTTP 200" not in caplog.text
    ] == []
    for secret in (tid, watched.opened[ORDER].token, "DEV_practice", "a" * 24):
        assert secret not in caplog.text
        assert secret not in repr(watched.shop) + repr(Opened("", watched.opened[ORDER].token))
