from __future__ import annotations

import json
import queue
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from jangteo.adapters._simulator.faults import Dial
from jangteo.adapters._simulator.server import Reply, Request, Simulator, SimulatorServer
from jangteo.adapters.portone.client import PortOneGateway
from jangteo.adapters.portone.simulator import PortOneSimulator, PracticeStore
from jangteo.adapters.portone.simulator.deliveries import DOCUMENTED_WAITS_S, FAULTS, Courier, Delivery
from jangteo.adapters.portone.tests.practice import account_of, order
from jangteo.adapters.portone.tests.recorder import SECRET
from jangteo.adapters.portone.webhooks import hint
from jangteo.domains.payments.ports import GatewayRejected, Hint

PATIENCE_S = 20.0


class Shop(Simulator):
    """Receives webhooks and answers with the statuses it was given, then 200."""

    def __init__(self, statuses: Sequence[int] = ()) -> None:
        super().__init__(SimulatorServer())
        self.received: queue.Queue[Request] = queue.Queue()
        self._statuses = list(statuses)

    def handle(self, request: Request) -> Reply:
        reply = Reply(self._statuses.pop(0) if self._statuses else 200)
        self.received.put(request)
        return reply

    def next(self) -> Request:
        return self.received.get(timeout=PATIENCE_S)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as running:
        yield running


@contextmanager
def courier(shop: Shop, waits_s: Sequence[float] = ()) -> Iterator[tuple[Courier, Dial]]:
    dial = Dial({"webhook": FAULTS}, seed=1)
    running = Courier(url=shop.url, secret=SECRET, dial=dial, waits_s=waits_s)
    running.start()
    try:
        yield running, dial
    finally:
        running.stop()


def delivery(number: int) -> Delivery:
    document = {"type": "Transaction.Paid", "data": {"paymentId": f"order-{number}"}}
    return Delivery(f"id-{number}", json.dumps(document).encode())


def ids(shop: Shop, count: int) -> list[str]:
    return [shop.next().headers["webhook-id"] for _ in range(count)]


def test_every_change_of_a_payment_is_told_and_signed(shop: Shop) -> None:
    with PortOneSimulator(store=PracticeStore(webhook_url=f"{shop.url}/hook")) as simulator:
        gateway = PortOneGateway(base_url=simulator.url, account=account_of(simulator), sdk_url=simulator.sdk_url)
        simulator.pay(order())
        for key, amount_won in (("ref:1", 1_000), ("ref:2", 17_000)):
            gateway.cancel(payment_key="order-0001", reason="품절", amount_won=amount_won, tax_free_won=0, key=key)
        done = gateway.cancel(
            payment_key="order-0001", reason="품절", amount_won=12_000, tax_free_won=12_000, key="ref:3"
        )
        told = [shop.next() for _ in range(5)]
        hints = [gateway.parse_webhook(body=sent.body, headers=sent.headers) for sent in told]
        gateway.close()

    documents = [json.loads(sent.body) for sent in told]
    assert [document["type"] for document in documents] == [
        "Transaction.Ready",
        "Transaction.Paid",
        "Transaction.PartialCancelled",
        "Transaction.PartialCancelled",
        "Transaction.Cancelled",
    ]
    assert [document["data"].get("cancellationId") for document in documents][2:] == [
        cancel.key for cancel in done.cancels
    ]
    assert {found.order_ref for found in hints} == {"order-0001"}
    assert len({found.delivery_id for found in hints}) == 5
    assert not any("30000" in sent.body.decode() for sent in told)


def test_a_webhook_that_is_not_taken_comes_again_under_the_same_id() -> None:
    with Shop(statuses=[500, 404, 204]) as shop, courier(shop, waits_s=(0.0,) * 5) as (running, _):
        running.send(delivery(1))
        tries = [shop.next() for _ in range(3)]
        running.send(delivery(2))

        assert {hint(sent.body, sent.headers, SECRET).delivery_id for sent in tries} == {"id-1"}
        assert ids(shop, 1) == ["id-2"]


def test_it_gives_up_after_the_last_wait() -> None:
    with Shop(statuses=[500, 500]) as shop, courier(shop, waits_s=(0.0,)) as (running, _):
        running.send(delivery(1))
        first = ids(shop, 2)
        running.send(delivery(2))

        assert first + ids(shop, 1) == ["id-1", "id-1", "id-2"]


def test_the_documented_waits_are_five() -> None:
    assert [wait / 60 for wait in DOCUMENTED_WAITS_S] == [1, 4, 16, 64, 256]


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

        assert ids(shop, len(arrival)) == arrival
    assert shop.received.empty()


def test_a_late_webhook_is_overtaken(shop: Shop) -> None:
    with courier(shop) as (running, dial):
        dial.late_ms = 300
        dial.next_up("webhook", "late")
        running.send(delivery(1))
        running.send(delivery(2))

        assert ids(shop, 2) == ["id-2", "id-1"]


def test_scenario_4_a_forged_webhook_is_refused(shop: Shop) -> None:
    with courier(shop) as (running, dial):
        dial.next_up("webhook", "forged")
        running.send(delivery(1))
        genuine, forged = shop.next(), shop.next()

    assert hint(genuine.body, genuine.headers, SECRET) == Hint("id-1", "order-1", "order-1")
    assert forged.body == genuine.body
    with pytest.raises(ValueError, match="signature"):
        hint(forged.body, forged.headers, SECRET)


def test_scenario_5_a_webhook_signed_long_ago_is_refused(shop: Shop) -> None:
    with courier(shop) as (running, dial):
        dial.next_up("webhook", "stale")
        running.send(delivery(1))
        sent = shop.next()

    with pytest.raises(ValueError, match="too old"):
        hint(sent.body, sent.headers, SECRET)


def test_scenario_3_a_webhook_before_the_browser_and_after_it_tell_the_same(shop: Shop) -> None:
    with PortOneSimulator(store=PracticeStore(webhook_url=f"{shop.url}/hook")) as simulator:
        gateway = PortOneGateway(base_url=simulator.url, account=account_of(simulator), sdk_url=simulator.sdk_url)
        simulator.open(order())
        with pytest.raises(GatewayRejected, match="PAYMENT_NOT_PAID"):
            gateway.confirm(payment_key="order-0001", order_ref="order-0001", amount_won=30_000, key="cap:1")
        simulator.pay(order())
        told = [shop.next() for _ in range(3)][-1]

        heard = gateway.read_order(order_ref=str(gateway.parse_webhook(body=told.body, headers=told.headers).order_ref))
        came = gateway.confirm(payment_key="order-0001", order_ref="order-0001", amount_won=30_000, key="cap:1")
        gateway.close()

    assert heard == came


def test_without_an_address_nothing_is_sent(shop: Shop) -> None:
    silent = Courier(url="", secret=SECRET, dial=Dial({"webhook": FAULTS}, seed=1))
    silent.start()

    silent.send(delivery(1))

    silent.stop()
    assert shop.received.empty()
