from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from jangteo.adapters._wire import tls
from jangteo.adapters.kakaopay.client import KakaoPayGateway
from jangteo.adapters.kakaopay.simulator.book import Amount
from jangteo.adapters.kakaopay.tests.bench import ORDER, Watched, authorise, pay, ready
from jangteo.domains.payments.ports import GatewayRejected, GatewayState, GatewayUnknown
from jangteo.domains.payments.redirect_port import Opened


@dataclass
class Watch:
    """A clock that stands still until it is moved."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 3, 1, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def timed(watch: Watch) -> Iterator[Watched]:
    with Watched(clock=watch) as running:
        yield running


@pytest.fixture
def http(watched: Watched) -> Iterator[httpx.Client]:
    headers = {"Authorization": "SECRET_KEY DEV_practice"}
    with httpx.Client(base_url=watched.url, headers=headers, timeout=20, verify=tls()) as client:
        yield client


def problem(response: httpx.Response) -> tuple[int, int]:
    return response.status_code, response.json()["error_code"]


def call(http: httpx.Client, path: str, **body: object) -> httpx.Response:
    return http.post(f"/online/v1/payment/{path}", json={"cid": "TC0ONETIME"} | body)


def name_in(page: str) -> str:
    return page.split('name="window" value="', 1)[1].split('"', 1)[0]


def test_paying_in_the_window_returns_with_a_token_that_approves(
    watched: Watched, gateway: KakaoPayGateway, http: httpx.Client
) -> None:
    redirect = ready(gateway)
    page = http.get(redirect.url_mobile)

    back = http.post("/window/pay", data={"window": name_in(page.text)})

    address = urlsplit(back.headers["location"])
    query = parse_qs(address.query)
    assert "애호박 외 2건" in page.text
    assert "30,000원" in page.text
    assert "<script" not in page.text
    assert (back.status_code, address.netloc + address.path) == (303, "shop.example/ok")
    assert (query["m"], list(query)) == (["1"], ["m", "pg_token"])
    watched.opened[ORDER] = Opened(redirect.tid, query["pg_token"][0])
    taken = gateway.confirm(payment_key=redirect.tid, order_ref=ORDER, amount_won=30_000, key="cap:1")
    assert taken.state is GatewayState.DONE


def test_giving_up_returns_to_the_shop_and_ends_the_payment(
    watched: Watched, gateway: KakaoPayGateway, http: httpx.Client
) -> None:
    redirect = ready(gateway)

    back = http.post("/window/quit", data={"window": name_in(http.get(redirect.url_pc).text)})

    assert back.headers["location"] == "https://shop.example/gave-up"
    found = gateway.read(payment_key=redirect.tid)
    assert found is not None
    assert found.state is GatewayState.FAILED


def test_after_a_quarter_of_an_hour_the_window_is_closed(timed: Watched, watch: Watch) -> None:
    gateway = timed.connect()
    tid, late = authorise(timed, gateway), ready(gateway)
    watch.moment += timedelta(minutes=15, seconds=1)

    with pytest.raises(GatewayRejected, match="-723"):
        gateway.confirm(payment_key=tid, order_ref=ORDER, amount_won=30_000, key="cap:1")
    name = late.url_pc.rsplit("/", 1)[-1]
    back = httpx.post(f"{timed.url}/window/pay", data={"window": name}, verify=tls())
    assert back.headers["location"] == "https://shop.example/no"
    gateway.close()


def test_strangers_and_unknown_shops_are_refused(http: httpx.Client) -> None:
    assert problem(call(http, "order", cid="TC0OTHER", tid="T1")) == (400, -731)
    http.headers["Authorization"] = "KakaoAK DEV_practice"
    assert problem(call(http, "order", tid="T1")) == (401, -401)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"partner_order_id": "order-0002"}, -706),
        ({"partner_user_id": "somebody"}, -707),
        ({"pg_token": "made-up"}, -708),
        ({"total_amount": 1}, -704),
        ({"tid": "T-unknown"}, -721),
        ({"pg_token": ""}, -2),
    ],
)
def test_an_approval_must_fit_what_was_made_ready(
    watched: Watched, gateway: KakaoPayGateway, http: httpx.Client, changes: dict[str, object], code: int
) -> None:
    tid = authorise(watched, gateway)
    fits = {
        "tid": tid,
        "partner_order_id": ORDER,
        "partner_user_id": ORDER,
        "pg_token": watched.opened[ORDER].token,
        "total_amount": 30_000,
    }

    assert problem(call(http, "approve", **(fits | changes))) == (400, code)
    assert call(http, "approve", **fits).json()["payment_method_type"] == "MONEY"
    assert problem(call(http, "approve", **fits)) == (400, -702)


def test_nobody_approves_before_the_customer_agreed(gateway: KakaoPayGateway, http: httpx.Client) -> None:
    tid = ready(gateway).tid

    asked = call(http, "approve", tid=tid, partner_order_id=ORDER, partner_user_id=ORDER, pg_token="x")

    assert problem(asked) == (400, -701)


def test_a_cancellation_computed_from_another_balance_is_refused(
    watched: Watched, gateway: KakaoPayGateway, http: httpx.Client
) -> None:
    tid = pay(watched, gateway)
    asked = {"tid": tid, "cancel_amount": 1_000, "cancel_tax_free_amount": 0}

    assert call(http, "cancel", **asked, cancel_available_amount=30_000).status_code == 200
    assert problem(call(http, "cancel", **asked, cancel_available_amount=30_000)) == (400, -722)
    assert call(http, "order", tid=tid).json()["cancel_available_amount"]["total"] == 29_000


def test_the_documents_add_up_after_a_partial_cancel(
    watched: Watched, gateway: KakaoPayGateway, http: httpx.Client
) -> None:
    tid = pay(watched, gateway, 12_000)

    left = call(http, "cancel", tid=tid, cancel_amount=7_000, cancel_tax_free_amount=2_000, payload="memo").json()

    assert left["status"] == "PART_CANCEL_PAYMENT"
    assert left["approved_cancel_amount"]["total"] + left["cancel_available_amount"]["total"] == 30_000
    assert left["cancel_available_amount"]["tax_free"] == 10_000
    (_, cancel) = call(http, "order", tid=tid).json()["payment_action_details"]
    assert (cancel["aid"], cancel["amount"], cancel["payload"]) == (left["aid"], 7_000, "memo")


@pytest.mark.parametrize(("total", "tax_free", "vat"), [(2_200, 0, 200), (30_000, 12_000, 1_636), (5, 0, 0), (6, 0, 1)])
def test_vat_is_an_eleventh_rounded_half_up(total: int, tax_free: int, vat: int) -> None:
    assert Amount(total, tax_free).vat_won == vat


def test_a_receipt_needs_its_whole_address(watched: Watched, gateway: KakaoPayGateway, http: httpx.Client) -> None:
    tid = pay(watched, gateway)

    assert http.get(f"/v1/confirmation/p/{tid}/{'0' * 64}").status_code == 400


def test_the_same_seed_gives_the_same_numbers(watch: Watch) -> None:
    tids = []
    for _ in range(2):
        with Watched(seed=7, clock=watch) as running:
            gateway = running.connect()
            tids.append(pay(running, gateway))
            gateway.close()

    assert tids[0] == tids[1]


@pytest.mark.parametrize("seed", range(12))
def test_in_any_weather_every_payment_and_refund_happens_once(seed: int) -> None:
    """A shop that repeats whatever it does not know the end of, through a quarter of calls gone wrong."""
    chance = random.Random(seed)
    with Watched(seed=seed) as watched:
        gateway = watched.connect()
        tid = authorise(watched, gateway, 12_000)
        for kind, faults in (
            ("approve", ("broken_after_commit", "garbage", "in_flight", "server_error", "strange_amount")),
            ("cancel", ("broken_after_commit", "garbage", "provider_error", "server_error_after_commit")),
            ("order", ("server_error", "unknown_status", "garbage")),
        ):
            for fault in faults:
                watched.dial.rate(kind, fault, 500)

        def until_known(key: str, won: int, tax_free: int) -> None:
            while True:
                try:
                    if key == "cap":
                        gateway.confirm(payment_key=tid, order_ref=ORDER, amount_won=won, key=key)
                    else:
                        gateway.cancel(payment_key=tid, reason="품절", amount_won=won, tax_free_won=tax_free, key=key)
                except GatewayUnknown:
                    continue
                return

        until_known("cap", 30_000, 0)
        refunds = {f"ref:{number}": (chance.randrange(1_000, 3_000), chance.randrange(1_000)) for number in range(9)}
        for key in chance.choices(list(refunds), k=20):
            until_known(key, *refunds[key])
        watched.dial.reset(seed)
        for key in refunds:
            until_known(key, *refunds[key])

        found = gateway.read(payment_key=tid)
        assert found is not None
        assert sorted((one.amount_won, one.tax_free_won) for one in found.cancels) == sorted(refunds.values())
        assert found.balance_won == 30_000 - sum(won for won, _ in refunds.values())
        gateway.close()
