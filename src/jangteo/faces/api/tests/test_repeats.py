"""Same key, same answer: the order is placed once however often the network loses the reply."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import psycopg
import pytest
from django.db import close_old_connections, connection

from jangteo.domains.catalog.actions.set_sale_state import set_sale_state
from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.models import Order
from jangteo.domains.stock.queries import left_of
from jangteo.faces.api.tests.callers import ORDERS, V1, Answer, Caller, Json, wish
from jangteo.faces.api.tests.footprint import footprint
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World, make_world

KEY = "b0d0c6de-5f6b-4a0f-9f0c-6b1f0c2a7d11"


@pytest.fixture(scope="module")
def shop(committed_db: str) -> World:
    """A market whose orders are really committed."""
    return make_world()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def placed_orders(world: World) -> int:
    with in_market(world.market.pk):
        return Order.objects.count()


@pytest.mark.parametrize("key", [None, "", "1234567", "x" * 101, "two words", "열쇠열쇠열쇠열쇠"])
def test_an_order_without_a_usable_key_is_refused(world: World, key: str | None) -> None:
    headers = {} if key is None else {"Idempotency_Key": key}
    before = footprint()

    answer = Caller().post(ORDERS, wish((world.tofu, 1)), **headers)

    assert (answer.status, answer.code) == (400, "idempotency.key_missing")
    assert footprint() == before


def test_the_same_request_is_answered_the_same_and_done_once(world: World) -> None:
    first = Caller().order(wish((world.mackerel, 2)), key=KEY)
    again = [Caller().order(wish((world.mackerel, 2)), key=KEY) for _ in range(3)]

    assert {(answer.status, str(answer.body)) for answer in again} == {(201, str(first.body))}
    assert placed_orders(world) == 1
    with in_market(world.market.pk):
        assert left_of([world.mackerel.pk]) == {world.mackerel.pk: 3}


def test_a_repeat_is_answered_even_when_it_could_not_be_ordered_any_more(world: World) -> None:
    wanted = wish((world.tofu, 1), wanted_at="2026-11-20T12:30:00+09:00")
    first = Caller().order(wanted, key=KEY)
    set_sale_state(market=world.market, actor=SYSTEM, good_id=world.tofu.pk, state=Good.State.SOLD_OUT)

    for later in (timedelta(minutes=20), timedelta(hours=2), timedelta(days=34)):
        with clock.at(NOON + later):
            answer = Caller().order(wanted, key=KEY)
        assert (answer.status, answer.body) == (201, first.body), later


def test_as_soon_as_possible_is_the_same_request_an_hour_later(world: World) -> None:
    first = Caller().order(wish((world.tofu, 1)), key=KEY)
    with clock.at(NOON + timedelta(hours=1)):
        again = Caller().order(wish((world.tofu, 1), wanted_at=None), key=KEY)

    assert again.body == first.body
    assert placed_orders(world) == 1


def test_another_request_under_the_key_is_refused(world: World) -> None:
    Caller().order(wish((world.tofu, 1)), key=KEY)
    before = footprint()

    for changed in (wish((world.tofu, 2)), wish((world.tofu, 1), note="빨리"), wish((world.cabbage, 1))):
        answer = Caller().order(changed, key=KEY)
        assert (answer.status, answer.code) == (409, "idempotency.key_reused")
    assert footprint() == before


def test_a_refused_order_leaves_its_key_free(world: World) -> None:
    assert Caller().order(wish((world.mackerel, 6)), key=KEY).code == "ordering.not_enough"

    assert Caller().order(wish((world.mackerel, 5)), key=KEY).status == 201


def test_a_key_belongs_to_its_market(world: World) -> None:
    other = make_world("other", digit="2")
    Caller().order(wish((world.tofu, 1)), key=KEY)

    answer = Caller().post(f"{V1}/markets/other/orders/", wish((other.tofu, 1)), Idempotency_Key=KEY)

    assert answer.status == 201
    assert (placed_orders(world), placed_orders(other)) == (1, 1)


def test_while_the_first_runs_the_second_has_to_wait(shop: World, committed_db: str) -> None:
    with psycopg.connect(committed_db) as first:
        first.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [KEY, shop.market.pk])
        busy = Caller().order(wish((shop.tofu, 1)), key=KEY)
    free = Caller().order(wish((shop.tofu, 1)), key=KEY)

    assert (busy.status, busy.code, busy.headers["Retry-After"]) == (409, "idempotency.key_busy", "1")
    assert free.status == 201


def test_two_at_once_place_one_order(shop: World) -> None:
    before = placed_orders(shop)
    for turn in range(10):
        wanted, key = wish((shop.tofu, 1), phone=f"010-0000-30{turn:02}"), f"at-once-{turn}"
        answers = both_at_once(wanted, key)
        settled = Caller().order(wanted, key=key)

        assert settled.status == 201
        assert {answer.status for answer in answers} <= {201, 409}
        assert [answer.code for answer in answers if answer.status == 409] in ([], ["idempotency.key_busy"])
        assert all(answer.body == settled.body for answer in answers if answer.status == 201)
    assert placed_orders(shop) == before + 10


def both_at_once(wanted: Json, key: str) -> list[Answer]:
    gate = Barrier(2)

    def send() -> Answer:
        close_old_connections()
        gate.wait()
        try:
            return Caller().order(wanted, key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [each.result() for each in [pool.submit(send) for _ in range(2)]]
