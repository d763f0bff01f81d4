"""The association switches gathering on and off, and sees what waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from jangteo.domains.hub.actions.note_missing import note_missing
from jangteo.domains.hub.queries import any_plan, keep_hours
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.gathering import gathers, goods_parts, lines_of, receive, to_be_fetched
from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("takes_card")
HUB = "/office/delivery/hub/"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def plan(world: World) -> tuple[bool, str, int, int]:
    with in_market(world.market.pk):
        row = any_plan()
    assert row is not None
    return row.is_on, row.brings, row.tour_minutes, row.shelves


def test_gathering_is_switched_on_with_what_most_markets_begin_with(world: World, desk: Client) -> None:
    page = text_of(desk.get(HUB))
    assert "안 쓰고 있어요" in page

    desk.post(HUB, {"brings": "picker", "tour_minutes": "30", "shelves": "20", "street": "first"})

    assert plan(world) == (True, "picker", 30, 20)
    assert "도우미가 30분마다" in text_of(desk.get("/office/delivery/"))


def test_what_cannot_be_is_said_and_changes_nothing(world: World, desk: Client) -> None:
    gathers(world, shelves=10)

    refused = desk.post(HUB, {"brings": "picker", "tour_minutes": "5", "shelves": "900", "street": "987654"})

    assert (refused.status_code, "10부터 240까지" in text_of(refused)) == (422, True)
    assert plan(world) == (True, "picker", 30, 10)


def test_it_is_switched_off_and_keeps_what_was_written(world: World, desk: Client) -> None:
    gathers(world, shelves=10)

    desk.post(f"{HUB}off/")

    assert plan(world) == (False, "picker", 30, 10)
    assert "안 쓰고 있어요" in text_of(desk.get(HUB))


def test_how_long_things_are_kept_is_written_down(world: World, desk: Client) -> None:
    day = clock.calendar_day()
    late = desk.post(f"{HUB}rule/", {"starts": f"{day - timedelta(days=1)}", "hours": "6", "words": "전화드려요."})
    assert (late.status_code, "오늘부터 쓸 수 있고" in text_of(late)) == (422, True)

    desk.post(f"{HUB}rule/", {"starts": f"{day}", "hours": "6", "words": "전화드려요."})

    with in_market(world.market.pk):
        assert keep_hours() == 6
    assert "지금은 6시간 맡아 둬요" in text_of(desk.get(HUB))


def test_what_nobody_fetches_and_what_is_missing_waits_for_a_hand(world: World, desk: Client) -> None:
    gathers(world)
    placed, other = (to_be_fetched(world, (world.mackerel, 1), (world.cabbage, 1)) for _ in range(2))
    receive(world, placed)
    [line] = lines_of(world, goods_parts(world, other)[0])
    missing = note_missing(market=world.market, actor=SYSTEM, line_id=line.pk)

    with clock.at(NOON + timedelta(hours=5)):
        page = desk.get("/office/").content.decode()

    assert "안 찾아간 물건" in page
    assert f'href="/office/orders/{placed.order_id}/"' in page
    assert f'href="/h/hub/missing/{missing.pk}/"' in page
