"""What customers see of an order that is gathered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from jangteo.domains.hub.actions.hand_out import hand_out
from jangteo.domains.hub.actions.note_missing import note_missing
from jangteo.domains.hub.actions.receive_part import receive_part
from jangteo.domains.hub.queries import find_waiting
from jangteo.domains.hub.rules import digits_of
from jangteo.domains.ordering.wanted import PlacedOrder
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.gathering import gathers, goods_parts, lines_of, receive, to_be_fetched
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("takes_card")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def page(client: Client, placed: PlacedOrder) -> str:
    return text_of(client.get(f"/jangteo/order/{placed.token}/"))


def test_where_it_waits_until_when_and_the_digits_to_say(world: World, client: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    assert "모음터" not in page(client, placed)
    receive_part(market=world.market, actor=SYSTEM, part_id=goods_parts(world, placed)[0].pk)
    assert "물건을 모으고 있어요" in page(client, placed)

    receive(world, placed)

    shown, digits = page(client, placed), digits_of(placed.token)
    assert "모음터 선반 1번에 있어요" in shown
    assert f"{digits[:3]} {digits[3:]}" in shown
    assert "오후 4시까지 맡아 둬요" in shown
    with in_market(world.market.pk):
        assert [parcel.order_id for parcel in find_waiting(digits)] == [placed.order_id]


def test_once_it_is_fetched_nothing_waits_any_more(world: World, client: Client) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1))
    receive(world, placed)

    hand_out(market=world.market, actor=SYSTEM, order_id=placed.order_id)

    assert "모음터" not in page(client, placed)
    with in_market(world.market.pk):
        assert find_waiting(digits_of(placed.token)) == []


@pytest.mark.parametrize(
    ("wish", "says"), [("call", "전화로 여쭤볼게요"), ("nearest", "비슷한 것을"), ("refund", "8,000원을 돌려드려요")]
)
def test_a_good_that_was_not_there_is_said_calmly(world: World, client: Client, wish: str, says: str) -> None:
    gathers(world)
    placed = to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1), substitute=wish)
    part = next(one for one in goods_parts(world, placed) if one.stall_id == world.fish.pk)

    note_missing(market=world.market, actor=SYSTEM, line_id=lines_of(world, part)[0].pk)

    assert says in page(client, placed)
