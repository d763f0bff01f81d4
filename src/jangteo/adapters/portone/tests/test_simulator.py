from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from jangteo.adapters._wire import tls
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.simulator import PortOneSimulator
from jangteo.adapters.portone.simulator.book import Refusal
from jangteo.adapters.portone.tests.practice import Watch, account_of, order


def cancel(http: httpx.Client, **body: object) -> httpx.Response:
    return http.post("/payments/order-0001/cancel", json={"reason": "품절"} | body)


def problem(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["type"]


def window_address(**changes: str) -> str:
    query = {
        "storeId": "store-practice",
        "channelKey": "channel-key-practice",
        "paymentId": "order-0001",
        "orderName": "애호박 <b>외 2건",
        "totalAmount": "30000",
        "taxFreeAmount": "12000",
        "currency": "KRW",
        "payMethod": "CARD",
        "redirectUrl": "http://shop.example/back?m=1",
    }
    return "/window?" + urlencode(query | changes)


def returned(response: httpx.Response) -> dict[str, list[str]]:
    """What the browser brings back to the shop."""
    address = urlsplit(response.headers["location"])
    assert (response.status_code, address.netloc + address.path) == (303, "shop.example/back")
    return parse_qs(address.query)


@pytest.mark.parametrize("header", ["", "Bearer practice-api-secret", "PortOne", "PortOne other", "portone x"])
def test_strangers_are_refused(simulator: PortOneSimulator, header: str) -> None:
    for path in ("/payments/x", "/payment-events-by-cursor", "/platform/partner-settlements", "/platform/transfers/x"):
        response = httpx.get(simulator.url + path, headers={"Authorization": header}, verify=tls())
        assert problem(response) == (401, "UNAUTHORIZED")


def test_a_payment_is_opened_and_paid_in_the_window(simulator: PortOneSimulator, http: httpx.Client) -> None:
    simulator.open(order())
    assert http.get("/payments/order-0001").json()["status"] == "READY"
    simulator.pay(order())

    found = http.get("/payments/order-0001").json()

    assert (found["status"], found["id"], found["paidAt"]) == ("PAID", "order-0001", "2026-11-03T01:00:00.000000Z")
    assert found["amount"] == {
        "total": 30_000,
        "taxFree": 12_000,
        "vat": 1_636,
        "supply": 16_364,
        "discount": 0,
        "paid": 30_000,
        "cancelled": 0,
        "cancelledTaxFree": 0,
    }


def test_a_payment_that_nobody_opened_is_not_found(http: httpx.Client) -> None:
    assert problem(http.get("/payments/order-0001")) == (404, "PAYMENT_NOT_FOUND")


def test_scenario_6_fixed_amounts_cannot_be_changed_in_the_browser(
    simulator: PortOneSimulator, http: httpx.Client
) -> None:
    gateway = PortOneGateway(
        base_url=simulator.url, account=account_of(simulator), sdk_url=simulator.sdk_url, timeout_s=20.0
    )
    gateway.browser_checkout(
        order_ref="order-0001",
        order_name="애호박",
        amount_won=30_000,
        tax_free_won=12_000,
        success_url="http://shop.example/ok",
        fail_url="http://shop.example/no",
    )
    gateway.close()

    cheaper = http.get(window_address(totalAmount="300", taxFreeAmount="0"))
    all_taxable = http.get(window_address(taxFreeAmount="0"))
    honest = http.get(window_address())

    assert [cheaper.status_code, all_taxable.status_code, honest.status_code] == [400, 400, 200]
    assert "INVALID_REQUEST" in cheaper.text


def test_scenario_7_the_second_of_two_tabs_pays_nothing(simulator: PortOneSimulator, http: httpx.Client) -> None:
    http.get(window_address())
    http.get(window_address())
    http.post("/window/pay", data={"paymentId": "order-0001"})
    paid = http.get("/payments/order-0001").json()

    second = returned(http.post("/window/pay", data={"paymentId": "order-0001"}))

    assert (second["code"], second["pgCode"]) == (["FAILURE_TYPE_PG"], ["ALREADY_PAID"])
    assert http.get("/payments/order-0001").json() == paid
    with pytest.raises(Refusal, match="ALREADY_PAID"):
        simulator.open(order())
    assert problem(http.post("/payments/order-0001/pre-register", json={"totalAmount": 1_000})) == (409, "ALREADY_PAID")


def test_a_declined_card_may_be_followed_by_another(simulator: PortOneSimulator, http: httpx.Client) -> None:
    simulator.dial.next_up("pay", "decline")
    http.get(window_address())
    declined = returned(http.post("/window/pay", data={"paymentId": "order-0001"}))
    failed = http.get("/payments/order-0001").json()

    http.get(window_address())
    paid = returned(http.post("/window/pay", data={"paymentId": "order-0001"}))

    assert declined["code"] == ["FAILURE_TYPE_PG"]
    assert (failed["status"], failed["failure"]["pgCode"]) == ("FAILED", "REJECT_CARD_PAYMENT")
    assert "code" not in paid
    assert paid["txId"] != declined["txId"]
    assert http.get("/payments/order-0001").json()["status"] == "PAID"


def test_the_window_shows_what_and_how_much(http: httpx.Client) -> None:
    page = http.get(window_address())

    assert page.status_code == 200
    assert "연습 결제창 · 진짜 돈이 나가지 않아요" in page.text
    assert "애호박 &lt;b&gt;외 2건" in page.text
    assert "30,000원" in page.text
    assert "결제하기</button>" in page.text
    assert "취소</button>" in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_paying_returns_to_the_shop_with_the_payment(http: httpx.Client) -> None:
    http.get(window_address())

    told = returned(http.post("/window/pay", data={"paymentId": "order-0001"}))

    assert told.keys() == {"m", "transactionType", "txId", "paymentId"}
    assert (told["m"], told["paymentId"], told["transactionType"]) == (["1"], ["order-0001"], ["PAYMENT"])


def test_giving_up_returns_to_the_shop_with_the_reason(http: httpx.Client) -> None:
    http.get(window_address())

    told = returned(http.post("/window/cancel", data={"paymentId": "order-0001"}))

    assert (told["code"], told["pgCode"]) == (["FAILURE_TYPE_PG"], ["PAY_PROCESS_CANCELED"])
    assert http.get("/payments/order-0001").json()["status"] == "READY"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"storeId": "other"}, "storeId"),
        ({"channelKey": "other"}, "channelKey"),
        ({"payMethod": "CASH"}, "payMethod"),
        ({"currency": "USD"}, "currency"),
        ({"totalAmount": "-1"}, "totalAmount"),
        ({"totalAmount": ""}, "totalAmount"),
        ({"totalAmount": "99", "taxFreeAmount": "0"}, "INVALID_REQUEST"),
        ({"taxFreeAmount": "30001"}, "taxFreeAmount"),
        ({"paymentId": "주문"}, "paymentId"),
        ({"orderName": ""}, "orderName"),
        ({"redirectUrl": "javascript:alert(1)"}, "redirectUrl"),
    ],
)
def test_a_window_that_cannot_open_says_so(http: httpx.Client, changes: dict[str, str], what: str) -> None:
    page = http.get(window_address(**changes))

    assert page.status_code == 400
    assert what in page.text


def test_a_window_for_nobodys_payment_says_so(http: httpx.Client) -> None:
    assert http.post("/window/pay", data={"paymentId": "order-0009"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"amount": 30_001, "taxFreeAmount": 12_000}, (409, "CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT")),
        (
            {"amount": 13_000, "taxFreeAmount": 12_001},
            (409, "CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT"),
        ),
        ({"amount": 18_001, "taxFreeAmount": 0}, (409, "CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT")),
        ({"amount": 1_000, "taxFreeAmount": 1_001}, (409, "SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT")),
        ({"amount": 0}, (400, "INVALID_REQUEST")),
        ({"amount": "1000"}, (400, "INVALID_REQUEST")),
        ({"amount": 1_000, "currentCancellableAmount": 29_999}, (409, "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN")),
    ],
)
def test_a_cancellation_that_cannot_be_is_refused(
    simulator: PortOneSimulator, http: httpx.Client, body: dict[str, object], expected: tuple[int, str]
) -> None:
    simulator.pay(order())

    assert problem(cancel(http, **body)) == expected
    assert "cancellations" not in http.get("/payments/order-0001").json()


def test_scenario_23_exempt_goods_cancelled_without_their_tax_free_part_count_as_taxable(
    simulator: PortOneSimulator, http: httpx.Client
) -> None:
    simulator.pay(order())

    done = cancel(http, amount=11_000).json()["cancellation"]

    assert (done["totalAmount"], done["taxFreeAmount"], done["vatAmount"]) == (11_000, 0, 1_000)


def test_a_cancellation_says_its_own_id_and_adds_up(simulator: PortOneSimulator, http: httpx.Client) -> None:
    simulator.pay(order())
    first = cancel(http, amount=10_000, taxFreeAmount=4_000).json()["cancellation"]

    last = cancel(http, amount=20_000, taxFreeAmount=8_000, currentCancellableAmount=20_000).json()["cancellation"]
    found = http.get("/payments/order-0001").json()

    assert [done["id"] for done in found["cancellations"]] == [first["id"], last["id"]]
    assert (found["status"], found["amount"]["cancelled"], found["amount"]["cancelledTaxFree"]) == (
        "CANCELLED",
        30_000,
        12_000,
    )
    assert problem(cancel(http, amount=1)) == (409, "PAYMENT_ALREADY_CANCELLED")


def test_what_was_never_paid_cannot_be_cancelled(simulator: PortOneSimulator, http: httpx.Client) -> None:
    simulator.open(order())

    assert problem(cancel(http, amount=1_000)) == (409, "PAYMENT_NOT_PAID")


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "OTHER"},
        {"currency": "USD"},
        {"customer": {"identityNumber": "010-0000-1234"}},
        {"customer": {"identityNumber": "01000001234", "identityNumberType": "NAME"}},
        {"amount": {"total": 0}},
        {"amount": {"total": 1_000, "taxFree": 1_001}},
        {"paymentId": ""},
    ],
)
def test_a_receipt_of_another_shape_is_refused(http: httpx.Client, changes: dict[str, object]) -> None:
    asked = {
        "channelKey": "channel-key-practice",
        "paymentId": "order-0001",
        "type": "PERSONAL",
        "orderName": "애호박",
        "currency": "KRW",
        "amount": {"total": 1_000},
        "customer": {"identityNumber": "01000001234"},
    }

    assert http.post("/cash-receipts", json=asked).status_code == 200
    assert problem(http.post("/cash-receipts", json=asked | {"paymentId": "order-0002"} | changes)) == (
        400,
        "INVALID_REQUEST",
    )
    assert problem(http.post("/cash-receipts", json=asked | {"channelKey": "x"})) == (404, "CHANNEL_NOT_FOUND")


@pytest.mark.parametrize("path", ["/v2/browser-sdk.js", "/practice.css"])
def test_the_files_of_the_browser_half_are_served(http: httpx.Client, path: str) -> None:
    served = http.get(path)

    assert served.status_code == 200
    assert served.headers["content-type"].startswith(("text/javascript", "text/css"))


def test_the_receipt_can_be_opened_without_keys(simulator: PortOneSimulator, http: httpx.Client) -> None:
    simulator.pay(order())
    address = http.get("/payments/order-0001").json()["receiptUrl"]

    receipt = httpx.get(address, verify=tls())

    assert receipt.status_code == 200
    assert "연습 영수증" in receipt.text


def test_what_is_not_there_is_not_found(http: httpx.Client) -> None:
    assert http.get("/payments/a/b/c").status_code == 404
    assert http.post("/payments/a/b/c").status_code == 404
    assert http.get("/elsewhere").status_code == 404


def test_the_same_seed_gives_the_same_ids_and_the_same_faults(watch: Watch) -> None:
    runs = []
    for _ in range(2):
        with PortOneSimulator(seed=7, clock=watch) as simulator:
            simulator.dial.rate("pay", "decline", 5_000)
            headers = {"Authorization": f"PortOne {simulator.store.api_secret}"}
            documents = []
            for number in range(12):
                simulator.pay(order(f"order-{number:04}"))
                address = f"{simulator.url}/payments/order-{number:04}"
                document = httpx.get(address, headers=headers, verify=tls()).json()
                documents.append((document["transactionId"], document["status"]))
            runs.append(documents)

    assert runs[0] == runs[1]
    assert {status for _, status in runs[0]} == {"PAID", "FAILED"}


def test_the_dial_can_be_turned_from_outside_while_it_runs(simulator: PortOneSimulator, http: httpx.Client) -> None:
    simulator.pay(order())

    turned = http.post("/_dial", json={"next": {"cancel": ["provider_error"]}})

    assert turned.json()["next"] == {"cancel": ["provider_error"]}
    assert problem(cancel(http, amount=1_000)) == (502, "PG_PROVIDER")
    assert cancel(http, amount=1_000).status_code == 200
