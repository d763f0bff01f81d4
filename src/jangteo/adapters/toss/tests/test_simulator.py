from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from jangteo.adapters._wire import tls
from jangteo.adapters.toss.simulator import Order, TossSimulator
from jangteo.adapters.toss.simulator.payload import taxes
from jangteo.adapters.toss.tests.stage import Watch, order

ORDER = Order("order-0001", "애호박 외 2건", 30_000, 12_000, "http://shop.example/ok?m=1", "http://shop.example/no")


@pytest.fixture
def http(simulator: TossSimulator) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=simulator.url, auth=(simulator.shop.secret_key, ""), timeout=20, verify=tls()) as client:
        yield client


def confirm(http: httpx.Client, payment_key: str, amount: int = 30_000, key: str = "") -> httpx.Response:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"paymentKey": payment_key, "orderId": "order-0001", "amount": amount}
    return http.post("/v1/payments/confirm", json=body, headers=headers)


def problem(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


def window_address(**changes: str) -> str:
    query = {
        "clientKey": "test_ck_practice",
        "customerKey": "@@ANONYMOUS",
        "method": "CARD",
        "currency": "KRW",
        "amount": "30000",
        "taxFreeAmount": "12000",
        "orderId": "order-0001",
        "orderName": "애호박 <b>외 2건",
        "successUrl": "http://shop.example/ok?m=1",
        "failUrl": "http://shop.example/no",
    }
    return "/window?" + urlencode(query | changes)


def key_in(page: str) -> str:
    return page.split('name="paymentKey" value="', 1)[1].split('"', 1)[0]


def test_a_payment_is_confirmed_within_ten_minutes(simulator: TossSimulator, http: httpx.Client, watch: Watch) -> None:
    payment_key = simulator.authorise(ORDER)
    watch.pass_by(timedelta(minutes=10))

    assert confirm(http, payment_key).json()["status"] == "DONE"


def test_after_ten_minutes_it_is_lost(simulator: TossSimulator, http: httpx.Client, watch: Watch) -> None:
    payment_key = simulator.authorise(ORDER)
    watch.pass_by(timedelta(minutes=10, seconds=1))

    assert problem(confirm(http, payment_key)) == (404, "NOT_FOUND_PAYMENT_SESSION")
    assert http.get(f"/v1/payments/{payment_key}").json()["status"] == "EXPIRED"


def test_a_key_is_kept_for_fifteen_days_and_its_body_plays_no_part(
    simulator: TossSimulator, http: httpx.Client, watch: Watch
) -> None:
    first, second = simulator.authorise(ORDER), simulator.authorise(ORDER)
    confirm(http, first, key="cap:1")

    assert confirm(http, second, key="cap:1").json()["paymentKey"] == first
    watch.pass_by(timedelta(days=15))
    assert problem(confirm(http, first, key="cap:1")) == (400, "ALREADY_PROCESSED_PAYMENT")


def test_a_refusal_is_kept_too(simulator: TossSimulator, http: httpx.Client) -> None:
    payment_key = simulator.authorise(ORDER)

    assert problem(confirm(http, payment_key, amount=1, key="cap:1")) == (400, "INVALID_REQUEST")
    assert problem(confirm(http, payment_key, key="cap:1")) == (400, "INVALID_REQUEST")


def test_the_same_key_at_another_address_is_another_request(simulator: TossSimulator, http: httpx.Client) -> None:
    payment_key = simulator.authorise(ORDER)
    confirm(http, payment_key, key="one-key")

    body = {"cancelReason": "품절", "cancelAmount": 1_000}
    back = http.post(f"/v1/payments/{payment_key}/cancel", json=body, headers={"Idempotency-Key": "one-key"})

    assert back.json()["balanceAmount"] == 29_000


def test_a_key_that_is_too_long_is_refused(simulator: TossSimulator, http: httpx.Client) -> None:
    assert problem(confirm(http, simulator.authorise(ORDER), key="k" * 301)) == (400, "INVALID_IDEMPOTENCY_KEY")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", (403, "INCORRECT_BASIC_AUTH_FORMAT")),
        ("Bearer abc", (403, "INCORRECT_BASIC_AUTH_FORMAT")),
        ("Basic " + base64.b64encode(b"test_sk_practice").decode(), (403, "INCORRECT_BASIC_AUTH_FORMAT")),
        ("Basic !!!", (403, "INCORRECT_BASIC_AUTH_FORMAT")),
        ("Basic " + base64.b64encode(b"test_sk_other:").decode(), (401, "UNAUTHORIZED_KEY")),
    ],
)
def test_strangers_are_refused(simulator: TossSimulator, header: str, expected: tuple[int, str]) -> None:
    response = httpx.get(f"{simulator.url}/v1/payments/x", headers={"Authorization": header}, verify=tls())

    assert problem(response) == expected


def test_the_payment_document_adds_up_after_a_partial_cancel(simulator: TossSimulator, http: httpx.Client) -> None:
    payment_key = simulator.authorise(ORDER)
    confirm(http, payment_key)

    body = {"cancelReason": "품절", "cancelAmount": 7_000, "taxFreeAmount": 2_000}
    left = http.post(f"/v1/payments/{payment_key}/cancel", json=body).json()

    assert (left["totalAmount"], left["balanceAmount"], left["taxFreeAmount"]) == (30_000, 23_000, 10_000)
    assert left["suppliedAmount"] + left["vat"] + left["taxFreeAmount"] == 23_000
    assert left["cancels"][0]["refundableAmount"] == 23_000
    assert left["lastTransactionKey"] == left["cancels"][0]["transactionKey"]


@pytest.mark.parametrize(("taxable", "supplied", "vat"), [(0, 0, 0), (15_000, 13_636, 1_364), (30_000, 27_273, 2_727)])
def test_vat_is_rounded_as_in_the_documents(taxable: int, supplied: int, vat: int) -> None:
    assert taxes(taxable) == (supplied, vat)


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


def test_paying_returns_to_the_shop_with_a_key_that_confirms(http: httpx.Client) -> None:
    payment_key = key_in(http.get(window_address()).text)

    back = http.post("/window/pay", data={"paymentKey": payment_key})

    address = urlsplit(back.headers["location"])
    assert back.status_code == 303
    assert address.netloc + address.path == "shop.example/ok"
    assert parse_qs(address.query) == {
        "m": ["1"],
        "paymentType": ["NORMAL"],
        "paymentKey": [payment_key],
        "orderId": ["order-0001"],
        "amount": ["30000"],
    }
    assert confirm(http, payment_key).json()["status"] == "DONE"


def test_pressing_pay_twice_returns_twice_and_opens_one_payment(http: httpx.Client) -> None:
    payment_key = key_in(http.get(window_address()).text)

    addresses = {http.post("/window/pay", data={"paymentKey": payment_key}).headers["location"] for _ in range(2)}

    assert len(addresses) == 1


def test_giving_up_returns_to_the_shop_with_the_reason(http: httpx.Client) -> None:
    payment_key = key_in(http.get(window_address()).text)

    back = http.post("/window/cancel", data={"paymentKey": payment_key})

    address = urlsplit(back.headers["location"])
    assert address.netloc + address.path == "shop.example/no"
    assert parse_qs(address.query)["code"] == ["PAY_PROCESS_CANCELED"]
    assert parse_qs(address.query)["orderId"] == ["order-0001"]
    assert http.get("/v1/payments/orders/order-0001").json()["status"] == "READY"


def test_a_window_left_open_for_half_an_hour_cannot_pay(http: httpx.Client, watch: Watch) -> None:
    payment_key = key_in(http.get(window_address()).text)
    watch.pass_by(timedelta(minutes=30, seconds=1))

    back = http.post("/window/pay", data={"paymentKey": payment_key})

    assert parse_qs(urlsplit(back.headers["location"]).query)["code"] == ["NOT_FOUND_PAYMENT_SESSION"]


def test_paying_into_an_account_ends_at_a_receipt_with_a_practice_bank(http: httpx.Client) -> None:
    payment_key = key_in(http.get(window_address(method="VIRTUAL_ACCOUNT", validHours="24")).text)
    http.post("/window/pay", data={"paymentKey": payment_key})
    waiting = confirm(http, payment_key).json()
    assert waiting["status"] == "WAITING_FOR_DEPOSIT"

    receipt = http.get(urlsplit(waiting["receipt"]["url"]).path)
    assert waiting["virtualAccount"]["accountNumber"] in receipt.text
    paid = http.post("/window/deposit", data={"paymentKey": payment_key})

    assert http.get(f"/v1/payments/{payment_key}").json()["status"] == "DONE"
    assert "연습으로 입금하기" in receipt.text
    assert "연습으로 입금하기" not in paid.text
    assert http.post("/window/deposit", data={"paymentKey": payment_key}).status_code == 400


def test_the_bank_can_be_driven_from_outside(simulator: TossSimulator, http: httpx.Client) -> None:
    payment_key = simulator.authorise(order(account=True))
    confirm(http, payment_key)

    def status() -> str:
        return str(http.get(f"/v1/payments/{payment_key}").json()["status"])

    http.post("/_bank", json={"deposit": payment_key})
    assert status() == "DONE"
    http.post("/_bank", json={"undo_deposit": payment_key})
    assert status() == "WAITING_FOR_DEPOSIT"
    assert problem(http.post("/_bank", json={"undo_deposit": payment_key})) == (400, "INVALID_REQUEST")
    assert problem(http.post("/_bank", json=[])) == (400, "INVALID_REQUEST")
    assert http.get("/_bank").status_code == 404


@pytest.mark.parametrize(
    "query", ["", "startDate=x&endDate=2026-11-03", "startDate=2026-11-03&endDate=2026-11-03&page=0"]
)
def test_a_report_of_no_days_is_refused(http: httpx.Client, query: str) -> None:
    assert problem(http.get(f"/v1/settlements?{query}")) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"clientKey": "other"}, "INVALID_CLIENT_KEY"),
        ({"method": "CASH"}, "NOT_SUPPORTED_METHOD"),
        ({"currency": "USD"}, "INVALID_CURRENCY"),
        ({"amount": "-1"}, "INVALID_REQUEST"),
        ({"amount": "99", "taxFreeAmount": "0"}, "BELOW_MINIMUM_AMOUNT"),
        ({"amount": "199", "taxFreeAmount": "0", "method": "VIRTUAL_ACCOUNT"}, "BELOW_MINIMUM_AMOUNT"),
        ({"method": "VIRTUAL_ACCOUNT", "validHours": "0"}, "INVALID_VALID_HOURS"),
        ({"taxFreeAmount": "30001"}, "INVALID_REQUEST"),
        ({"orderId": "x"}, "INVALID_ORDER_ID"),
        ({"orderName": ""}, "INVALID_ORDER_NAME"),
        ({"successUrl": "javascript:alert(1)"}, "INCORRECT_SUCCESS_URL_FORMAT"),
        ({"failUrl": "/no"}, "INCORRECT_FAIL_URL_FORMAT"),
    ],
)
def test_a_window_that_cannot_open_says_so(http: httpx.Client, changes: dict[str, str], code: str) -> None:
    page = http.get(window_address(**changes))

    assert page.status_code == 400
    assert code in page.text


def test_an_order_with_two_windows_reads_as_the_paid_one(simulator: TossSimulator, http: httpx.Client) -> None:
    paid, abandoned = simulator.authorise(ORDER), simulator.authorise(ORDER)
    confirm(http, paid)

    assert http.get("/v1/payments/orders/order-0001").json()["paymentKey"] == paid
    assert http.get(f"/v1/payments/{abandoned}").json()["status"] == "IN_PROGRESS"


def test_the_receipt_can_be_opened_without_keys(simulator: TossSimulator, http: httpx.Client) -> None:
    payment_key = simulator.authorise(ORDER)
    address = confirm(http, payment_key).json()["receipt"]["url"]

    receipt = httpx.get(address, verify=tls())

    assert receipt.status_code == 200
    assert "연습 영수증" in receipt.text


@pytest.mark.parametrize("path", ["/v2/standard", "/practice.css"])
def test_the_files_of_the_browser_half_are_served(http: httpx.Client, path: str) -> None:
    served = http.get(path)

    assert served.status_code == 200
    assert served.headers["content-type"].startswith(("text/javascript", "text/css"))


def test_the_same_seed_gives_the_same_keys(watch: Watch) -> None:
    keys = []
    for _ in range(2):
        with TossSimulator(seed=7, clock=watch) as simulator:
            keys.append(simulator.authorise(ORDER))

    assert keys[0] == keys[1]


def test_the_dial_can_be_turned_from_outside_while_it_runs(simulator: TossSimulator, http: httpx.Client) -> None:
    payment_key = simulator.authorise(ORDER)

    turned = http.post("/_dial", json={"next": {"confirm": ["provider_error"]}})

    assert turned.json()["next"] == {"confirm": ["provider_error"]}
    assert problem(confirm(http, payment_key)) == (400, "PROVIDER_ERROR")
    assert confirm(http, payment_key).json()["status"] == "DONE"
