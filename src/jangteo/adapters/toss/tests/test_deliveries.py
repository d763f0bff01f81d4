from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters.toss.client import TossGateway
from jangteo.adapters.toss.simulator import Order, PracticeShop, TossSimulator
from jangteo.adapters.toss.simulator.deliveries import DOCUMENTED_WAITS_S, FAULTS, Courier, Delivery
from jangteo.adapters.toss.tests.stage import Shop
from jangteo.adapters.toss.webhooks import hint


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as running:
        yield running


@contextmanager
def courier(shop: Shop, waits_s: Sequence[float] = ()) -> Iterator[tuple[Courier, Dial]]:
    dial = Dial({"webhook": FAULTS}, seed=1)
    running = Courier(url=shop.url, dial=dial, waits_s=waits_s)
    running.start()
    try:
        yield running, dial
    finally:
        running.stop()


def delivery(number: int) -> Delivery:
    document = {"eventType": "PAYMENT_STATUS_CHANGED", "data": {"paymentKey": f"key-{number}", "orderId": "order-1"}}
    return Delivery(f"id-{number}", json.dumps(document).encode())


def test_confirm_and_cancel_are_told_with_the_documented_headers(shop: Shop) -> None:
    practice = PracticeShop(webhook_url=f"{shop.url}/hook")
    with TossSimulator(shop=practice) as simulator:
        gateway = TossGateway(
            base_url=simulator.url,
            secret_key=practice.secret_key,
            client_key=practice.client_key,
            sdk_url=simulator.sdk_url,
        )
        key = simulator.authorise(Order("order-0001", "애호박", 30_000, 0, "http://shop/ok", "http://shop/no"))
        gateway.confirm(payment_key=key, order_ref="order-0001", amount_won=30_000, key="cap:1")
        gateway.cancel(payment_key=key, reason="품절", amount_won=1_000, tax_free_won=0, key="ref:1")
        gateway.close()
        told = [shop.next(), shop.next()]

    assert [json.loads(sent.body)["data"]["status"] for sent in told] == ["DONE", "PARTIAL_CANCELED"]
    assert [hint(sent.body, sent.headers).payment_key for sent in told] == [key, key]
    assert len({sent.headers["tosspayments-webhook-transmission-id"] for sent in told}) == 2
    assert {sent.headers["tosspayments-webhook-transmission-retried-count"] for sent in told} == {"0"}
    assert all(sent.headers["tosspayments-webhook-transmission-time"] for sent in told)


def test_a_webhook_that_is_not_taken_comes_again_under_the_same_id() -> None:
    with Shop(statuses=[500, 404]) as shop, courier(shop, waits_s=(0.0, 0.0, 0.0)) as (running, _):
        running.send(delivery(1))
        tries = [shop.next() for _ in range(3)]
        running.send(delivery(2))
        after = shop.next()

    assert {sent.headers["tosspayments-webhook-transmission-id"] for sent in tries} == {"id-1"}
    assert [sent.headers["tosspayments-webhook-transmission-retried-count"] for sent in tries] == ["0", "1", "2"]
    assert after.headers["tosspayments-webhook-transmission-id"] == "id-2"


def test_it_gives_up_after_the_last_wait() -> None:
    with Shop(statuses=[500, 500]) as shop, courier(shop, waits_s=(0.0,)) as (running, _):
        running.send(delivery(1))
        tries = [shop.next(), shop.next()]
        running.send(delivery(2))
        after = shop.next()

    assert [sent.headers["tosspayments-webhook-transmission-id"] for sent in tries] == ["id-1", "id-1"]
    assert after.headers["tosspayments-webhook-transmission-id"] == "id-2"


def test_the_documented_waits_span_three_days_and_nineteen_hours() -> None:
    assert len(DOCUMENTED_WAITS_S) == 7
    assert sum(DOCUMENTED_WAITS_S) == 5_461 * 60


@pytest.mark.parametrize(
    ("fault", "arrival"),
    [
        (None, ["id-1", "id-2"]),
        ("duplicate", ["id-1", "id-1", "id-2"]),
        ("lost", ["id-2"]),
        ("reorder", ["id-2", "id-1"]),
    ],
)
def test_the_dial_spoils_the_order_of_arrival(shop: Shop, fault: str | None, arrival: list[str]) -> None:
    with courier(shop) as (running, dial):
        if fault:
            dial.next_up("webhook", fault)
        running.send(delivery(1))
        running.send(delivery(2))
        arrived = [shop.next().headers["tosspayments-webhook-transmission-id"] for _ in arrival]

    assert arrived == arrival
    assert shop.received.empty()


def test_a_late_webhook_is_overtaken(shop: Shop) -> None:
    with courier(shop) as (running, dial):
        dial.late_ms = 300
        dial.next_up("webhook", "late")
        running.send(delivery(1))
        running.send(delivery(2))
        arrived = [shop.next().headers["tosspayments-webhook-transmission-id"] for _ in range(2)]

    assert arrived == ["id-2", "id-1"]


def test_a_forged_webhook_claims_payment_under_an_id_of_its_own(shop: Shop) -> None:
    with courier(shop) as (running, dial):
        dial.next_up("webhook", "forged")
        running.send(delivery(1))
        genuine, forged = shop.next(), shop.next()

    assert genuine.headers["tosspayments-webhook-transmission-id"] == "id-1"
    assert forged.headers["tosspayments-webhook-transmission-id"] != "id-1"
    assert json.loads(forged.body)["data"]["status"] == "DONE"
    assert hint(forged.body, forged.headers).payment_key == "key-1"


def test_without_an_address_nothing_is_sent(shop: Shop) -> None:
    dial = Dial({"webhook": FAULTS}, seed=1)
    silent = Courier(url="", dial=dial)
    silent.start()

    silent.send(delivery(1))

    silent.stop()
    assert shop.received.empty()
