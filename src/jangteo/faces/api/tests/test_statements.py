"""How many SQL statements a call takes, each counted, the BEGIN and the COMMIT too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jangteo.faces.api.tests.callers import ORDERS, V1, Caller, customer, five_lines, program_of, wish
from jangteo.kernel import clock
from tests.world import NOON, World

GOODS = f"{V1}/markets/jangteo/goods/"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def statements(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured.captured_queries]


def test_an_order_of_five_lines_takes_eighteen(world: World) -> None:
    body = five_lines(world)

    with CaptureQueriesContext(connection) as captured:
        assert Caller().order(body).status == 201

    assert len(statements(captured)) == 18, statements(captured)


def test_a_repeat_takes_six(world: World) -> None:
    Caller().order(five_lines(world), key="the-same-key")
    with CaptureQueriesContext(connection) as captured:
        assert Caller().order(five_lines(world), key="the-same-key").status == 201

    assert len(statements(captured)) == 6, statements(captured)


@pytest.mark.parametrize(
    ("query", "exactly"), [({}, 3), ({"kind": "fish"}, 3), ({"q": "배추"}, 4), ({"q": "고등오"}, 5)]
)
def test_a_list_of_goods_takes_few(world: World, query: dict[str, str], exactly: int) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert Caller().get(GOODS, **query).items

    assert len(statements(captured)) == exactly, statements(captured)


def test_a_list_of_tickets_does_not_grow_with_its_length(world: World) -> None:
    fish = program_of(world.market, world.fish)
    counts = []
    for _ in range(3):
        Caller().order(wish((world.mackerel, 1), (world.hairtail, 1)))
        with CaptureQueriesContext(connection) as captured:
            fish.get(f"{V1}/stall/parts/")
        counts.append(len(statements(captured)))

    assert counts == [5, 5, 5]


def test_a_list_of_ones_own_orders_does_not_grow_with_its_length(world: World) -> None:
    buyer = customer(world.market)
    counts = []
    for _ in range(3):
        buyer.order(wish((world.tofu, 1), (world.kimchi, 1)))
        with CaptureQueriesContext(connection) as captured:
            buyer.get(f"{V1}/me/orders/")
        counts.append(len(statements(captured)))

    assert counts == [5, 5, 5]


def test_reading_an_order_takes_two(world: World) -> None:
    placed = Caller().order(five_lines(world))
    with CaptureQueriesContext(connection) as captured:
        Caller().get(f"{ORDERS}{placed.body['token']}/")

    assert len(statements(captured)) == 2, statements(captured)
