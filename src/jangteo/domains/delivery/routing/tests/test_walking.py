from __future__ import annotations

from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangteo.domains.delivery.routing.walking import MOST_EXACT, Aisle, Floor, NoWay, length_of, plan_tour
from tests.bench.wave_town import market_floor

# Two streets of three stalls, joined at their far ends only: 1-2-3 and 4-5-6, gate at 0.
LADDER = Floor([Aisle(0, 1, 10), Aisle(1, 2, 5), Aisle(2, 3, 5), Aisle(0, 4, 10), Aisle(4, 5, 5), Aisle(3, 6, 8)])


def test_a_walk_goes_round_the_stalls_and_not_through_them() -> None:
    assert LADDER.walks([2, 5]) == ((0, 30), (30, 0))
    assert LADDER.way(2, 5) == (2, 1, 0, 4, 5)
    assert LADDER.way(2, 2) == (2,)


def test_a_stall_that_no_aisle_reaches_is_said() -> None:
    with pytest.raises(NoWay):
        plan_tour(LADDER, 0, [2, 99], 0)
    with pytest.raises(NoWay):
        LADDER.way(0, 99)


def test_a_tour_passes_every_stall_once() -> None:
    walk = plan_tour(LADDER, 0, [6, 5, 2, 2], 0)

    assert sorted(walk.stops) == [2, 5, 6]
    assert walk.length == 2 * 15 + 2 * 28


def test_nothing_to_fetch_is_the_way_from_start_to_end() -> None:
    assert (plan_tour(LADDER, 0, [], 0).stops, plan_tour(LADDER, 2, [], 5).length) == ((), 30)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), stops=st.integers(1, 6))
def test_a_short_tour_is_the_shortest_of_all_orders(seed: int, stops: int) -> None:
    floor, points = market_floor()
    chosen = Random(seed).sample(points, stops)
    walks = floor.walks([0, *chosen, points[-1]])

    walk = plan_tour(floor, 0, chosen, points[-1])

    assert walk.length == min(length_of(walks, order) for order in permutations(range(1, stops + 1)))


@pytest.mark.parametrize("stops", [MOST_EXACT, MOST_EXACT + 1, 25, 40])
def test_a_tour_is_never_longer_than_the_best_of_a_thousand_random_ones(stops: int) -> None:
    floor, points = market_floor()
    chance = Random(stops)
    chosen = chance.sample(points, stops)
    walks = floor.walks([0, *chosen, 0])
    luckiest = min(length_of(walks, chance.sample(range(1, stops + 1), stops)) for _try in range(1_000))

    walk = plan_tour(floor, 0, chosen, 0)

    assert set(walk.stops) == set(chosen)
    assert walk.length <= luckiest
    assert walk.length == length_of(walks, [chosen.index(stop) + 1 for stop in walk.stops])
