from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.domains.catalog.models import Good
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.world import NOON, World


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def price(world: World, good: Good) -> int:
    with in_market(world.market.pk):
        return Good.objects.get(pk=good.pk).price_won


def test_three_taps_let_all_that_is_left_go_for_less_and_one_takes_it_back(world: World, phone: Client) -> None:
    assert 'href="/stall/flash/"' in phone.get("/stall/more/").content.decode()
    page = phone.get("/stall/flash/").content.decode()
    checked = re.findall(r'name="(percent|start|goods)" value="([^"]+)"[^>]* checked', page)
    assert [value for name, value in checked if name != "goods"] == ["30", "now"]
    goods = [value for name, value in checked if name == "goods"]
    assert goods == [str(world.mackerel.pk), str(world.hairtail.pk)]

    assert phone.post("/stall/flash/", {"percent": "30", "start": "now", "goods": goods}).status_code == 302
    assert price(world, world.mackerel) == 5_600
    with CaptureQueriesContext(connection) as asked:
        on = phone.get("/stall/flash/").content.decode()
    assert len(asked) <= 16
    assert "떨이 중이에요. 2가지" in on
    batch = re.search(r'name="batch" value="([^"]+)"', on)
    assert batch is not None
    assert phone.post("/stall/flash/undo/", {"batch": batch[1]}).status_code == 302
    assert price(world, world.mackerel) == 8_000
    assert phone.post("/stall/flash/undo/", {"batch": batch[1]}).status_code == 409


def test_from_five_on(world: World, phone: Client) -> None:
    page = phone.get("/stall/flash/").content.decode()
    hours = re.findall(r'name="start" value="(2026[^"]+)"', page)
    assert len(hours) == 3
    said = {"percent": "50", "start": hours[0], "goods": [world.mackerel.pk]}
    assert phone.post("/stall/flash/", said).status_code == 302
    assert price(world, world.mackerel) == 8_000
    assert "오후 1시부터 떨이예요" in phone.get("/stall/flash/").content.decode()


def test_another_stalls_goods_and_nonsense_are_refused(world: World, phone: Client) -> None:
    for said in (
        {"percent": "200", "start": "now", "goods": [world.mackerel.pk]},
        {"percent": "30", "start": "어제", "goods": [world.mackerel.pk]},
        {"percent": "30", "start": "now", "goods": [world.cabbage.pk]},
        {"percent": "30", "start": "now"},
    ):
        assert phone.post("/stall/flash/", said).status_code == 422
    assert (price(world, world.mackerel), price(world, world.cabbage)) == (8_000, 3_500)
