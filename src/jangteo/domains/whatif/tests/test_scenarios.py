"""Real deliveries are read, and scenarios kept side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from jangteo.domains.delivery.fees import Payer, Terms
from jangteo.domains.whatif.actions.drop_scenario import drop_scenario
from jangteo.domains.whatif.actions.keep_scenario import MOST_SCENARIOS, keep_scenario
from jangteo.domains.whatif.errors import BadName, TooManyScenarios
from jangteo.domains.whatif.models import Scenario
from jangteo.domains.whatif.queries import past_deliveries, scenarios, wish_of
from jangteo.domains.whatif.rules import Past, Wish
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.brought import bring, hand_over, parts, seat, wants_home
from tests.world import NOON, World, delivers, make_world

WISH = Wish(Terms(4_000, Payer.MUNICIPALITY, 40_000, 1_000), 12, 3, 5, 800, 20_000, 3_000)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def world(db: None) -> World:
    made = make_world()
    delivers(made)
    return made


def test_only_what_was_brought_counts_with_what_was_handed_over(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for many in (1, 2):
        placed = bring(world, wants_home(world, (world.mackerel, many)))
        for part in parts(world, placed):
            if not part.is_fee:
                hand_over(world, part)
    bring(world, wants_home(world, (world.mackerel, 1)))
    taken = seat(world, placed)

    with in_market(world.market.pk), django_assert_num_queries(3):
        found = past_deliveries(NOON - timedelta(days=1), NOON + timedelta(days=1))

    window, zone = taken.wave.window_id, taken.zone_id
    assert found == [
        Past(8_000, 3_000, taken.wave_id, window, zone, 1),
        Past(16_000, 3_000, taken.wave_id, window, zone, 2),
    ]


def test_a_scenario_is_kept_under_its_name_and_written_over(world: World) -> None:
    keep_scenario(market=world.market, actor=SYSTEM, name="시청 지원", wish=Wish(Terms(3_000, Payer.HALF)))
    keep_scenario(market=world.market, actor=SYSTEM, name=" 시청  지원 ", wish=WISH)

    with in_market(world.market.pk):
        assert [(row.name, wish_of(row)) for row in scenarios()] == [("시청 지원", WISH)]


def test_no_more_than_can_stand_side_by_side(world: World) -> None:
    rows = [keep_scenario(market=world.market, actor=SYSTEM, name=f"{n}", wish=WISH) for n in range(MOST_SCENARIOS)]
    with pytest.raises(TooManyScenarios):
        keep_scenario(market=world.market, actor=SYSTEM, name="하나 더", wish=WISH)

    for _ in range(2):
        drop_scenario(market=world.market, actor=SYSTEM, scenario_id=rows[0].pk)
    keep_scenario(market=world.market, actor=SYSTEM, name="0", wish=WISH)

    with in_market(world.market.pk):
        assert [row.name for row in scenarios()] == ["1", "2", "0"]


@pytest.mark.parametrize("name", ["", "  ", "가" * 31])
def test_a_scenario_has_a_name(world: World, name: str) -> None:
    with pytest.raises(BadName):
        keep_scenario(market=world.market, actor=SYSTEM, name=name, wish=WISH)
    with in_market(world.market.pk):
        assert Scenario.objects.count() == 0
