"""kill -9 of the pages while a crowd is ordering over HTTP: whoever asks again with the same key has one order."""

from __future__ import annotations

import contextlib
import http.client
import json
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jangteo.domains.ordering.models import Order
from jangteo.domains.stock.actions.count_stock import count_stock
from jangteo.domains.stock.models import StockItem
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import KeyedAnswer
from jangteo.kernel.tenancy import in_market
from tests.books import wrong_in_the_books
from tests.concurrency.crowd import buy
from tests.concurrency.customers import Answer, Caller
from tests.serving import Served
from tests.world import World, make_world

pytestmark = pytest.mark.slow

CUSTOMERS, ORDERS_EACH, KILLS = 16, 12, 4
BETWEEN_KILLS_SECONDS = 0.5
PLENTY = 9_999


@pytest.fixture(scope="module")
def market(committed_db: str) -> World:
    world = make_world()
    count_stock(market=world.market, actor=SYSTEM, good_id=world.mackerel.pk, on_hand=PLENTY)
    return world


@pytest.fixture
def web(market: World, tmp_path: Path) -> Iterator[Served]:
    with Served("web", tmp_path / "web.log") as served:
        yield served


class Customer:
    """Asks with one key until there is an answer, as a phone with a bad line does."""

    def __init__(self, world: World, port: int, number: int) -> None:
        self._world, self._port, self._number = world, port, number
        self.unanswered = 0

    def order(self, key: str) -> Answer:
        while True:
            try:
                answer = self._ask(key)
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                self.unanswered += 1
                time.sleep(0.02)
                continue
            if answer.code != "idempotency.key_busy":
                return answer

    def _ask(self, key: str) -> Answer:
        with contextlib.closing(Caller(self._port, self._number)) as caller:
            lines = [(self._world.mackerel.pk, 1, None), (self._world.tofu.pk, 1, None)]
            return buy(caller, self._world, lines, key=key, phone=f"010{self._number:08}")


def test_an_order_asked_for_again_after_the_pages_died_is_there_once(market: World, web: Served) -> None:
    customers = [Customer(market, web.port, number) for number in range(CUSTOMERS)]
    keys = [[str(uuid.uuid4()) for _ in range(ORDERS_EACH)] for _ in customers]

    def shop(customer: Customer, own: list[str]) -> list[Answer]:
        return [customer.order(key) for key in own]

    with ThreadPoolExecutor(CUSTOMERS) as threads:
        shopping = [threads.submit(shop, customer, own) for customer, own in zip(customers, keys, strict=True)]
        for _ in range(KILLS):
            time.sleep(BETWEEN_KILLS_SECONDS)
            web.kill()
            web.start()
        answers = [one.result() for one in shopping]
    again = [customer.order(own[0]) for customer, own in zip(customers, keys, strict=True)]

    assert sum(customer.unanswered for customer in customers) > CUSTOMERS
    assert {answer.status for each in answers for answer in each} <= {200, 201}
    assert [answer.body for answer in again] == [each[0].body for each in answers]
    with in_market(market.market.pk):
        assert Order.objects.count() == CUSTOMERS * ORDERS_EACH
        assert StockItem.objects.get(good=market.mackerel).on_hand == PLENTY - CUSTOMERS * ORDERS_EACH
    assert KeyedAnswer.objects.count() == CUSTOMERS * ORDERS_EACH
    assert wrong_in_the_books(quiet=False) == []
