"""The association tries another fee on its own past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jangteo.domains.whatif.queries import scenarios
from jangteo.faces.shop.tests.pressing import text_of
from jangteo.kernel import clock
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, hand_over, parts, wants_home
from tests.world import NOON, World, delivers

HERE = "/office/delivery/whatif/"
ASKED = {
    "fee_won": "4,000",
    "payer": "stalls",
    "without_zone": "0",
    "without_window": "0",
    "stop_won": "3500",
    "wave_won": "0",
    "elasticity": "1000",
    "weeks": "4",
}


@pytest.fixture(autouse=True)
def tomorrow() -> Iterator[None]:
    with clock.at(NOON + timedelta(days=1)):
        yield


def brought(world: World, many: int) -> None:
    with clock.at(NOON):
        delivers(world)
        for _ in range(many):
            placed = bring(world, wants_home(world, (world.cabbage, 2)))
            for part in parts(world, placed):
                if not part.is_fee:
                    hand_over(world, part)


def test_without_a_fee_or_without_a_past_it_says_what_is_missing(world: World, desk: Client) -> None:
    assert "배달비가 아직 없어요" in text_of(desk.get(HERE))
    brought(world, 3)

    assert "가져다드린 것이 3건이에요" in text_of(desk.get(HERE))


def test_another_fee_is_tried_and_said_in_one_sentence(world: World, desk: Client) -> None:
    brought(world, 14)

    page = text_of(desk.get(HERE, {**ASKED, "payer": "customer"}))

    # Goods 7,000 and 3,000 before: at 4,000 customers pay a tenth more, so 13 of 15 orders a month are left.
    assert "4,000원이면 주문이 한 달에 약 2건 (0~5건) 줄어요." in page
    assert "54,000원" in page


def test_what_cannot_be_is_said_at_the_field(world: World, desk: Client) -> None:
    brought(world, 12)

    refused = desk.get(HERE, {**ASKED, "fee_won": "많이", "elasticity": "9"})

    assert (refused.status_code, "숫자로 적어 주세요" in text_of(refused)) == (422, True)


def test_scenarios_stand_side_by_side_and_go_again(world: World, desk: Client) -> None:
    brought(world, 12)
    assert desk.post(f"{HERE}keep/", {**ASKED, "name": "가게가 낼 때"}).status_code == 302
    nameless = desk.post(f"{HERE}keep/", {**ASKED, "name": " "})
    assert (nameless.status_code, "이름을 30자까지" in text_of(nameless)) == (422, True)
    assert "가게가 낼 때" in text_of(desk.get(HERE))

    with in_market(world.market.pk):
        [kept] = scenarios()
    desk.post(f"{HERE}{kept.pk}/drop/")

    assert "가게가 낼 때" not in text_of(desk.get(HERE))


def test_more_orders_cost_no_more_statements(world: World, desk: Client) -> None:
    brought(world, 11)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            desk.get(HERE, ASKED)
        counts.append(len(asked))
        with clock.at(NOON):
            placed = bring(world, wants_home(world, (world.cabbage, 2)))
        for part in parts(world, placed):
            if not part.is_fee:
                hand_over(world, part)

    assert counts[0] == counts[1]
