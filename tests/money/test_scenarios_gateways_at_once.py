"""The nasty scenarios in which many come at the same moment: they need tables that really commit."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from jangteo.kernel import clock
from jangteo.kernel.models import InboxRow
from tests.money.windows import Street, street
from tests.world import make_world

MANY = 50


@pytest.fixture(scope="module")
def here(committed_db: str) -> Iterator[Street]:
    with street(make_world()) as built:
        yield built


def test_s02_fifty_times_the_same_message_is_one_entry_and_fifty_times_200(here: Street) -> None:
    placed = here.order((here.world.mackerel, 1))
    key = here.window(placed)
    here.come_back(placed, key)
    here.gateways["toss"].confirm(payment_key=key, order_ref=placed.ref, amount_won=8_000, key="elsewhere")
    body = json.dumps({"eventType": "PAYMENT_STATUS_CHANGED", "data": {"paymentKey": key, "orderId": placed.ref}})
    start = threading.Barrier(MANY)

    def tell(_number: int) -> int:
        start.wait()
        try:
            with clock.at(here.watch.moment):
                return Client().post("/hooks/toss/", body, "application/json").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as threads:
        told = list(threads.map(tell, range(MANY)))
    here.work()

    assert told == [200] * MANY
    assert InboxRow.objects.count() == 1
    assert here.entries() == ["capture"]
    assert here.states(placed) == ("placed", "captured")
