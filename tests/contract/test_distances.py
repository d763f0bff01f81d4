"""What planning relies on, asked of everybody who says how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from jangteo.adapters.osrm.client import OsrmDistances
from jangteo.adapters.osrm.simulator import OsrmSimulator
from jangteo.domains.delivery.ports import Distances, Spot
from jangteo.domains.delivery.straight import StraightLines

SPOTS = [Spot(37_456_300, 126_705_200), Spot(37_466_300, 126_725_200), Spot(37_446_300, 126_690_200)]
AIR_M = 2_085  # between the first two, by haversine


@contextmanager
def straight() -> Iterator[Distances]:
    yield StraightLines()


@contextmanager
def osrm() -> Iterator[Distances]:
    with OsrmSimulator() as simulator:
        distances = OsrmDistances(base_url=simulator.url)
        yield distances
        distances.close()


@pytest.fixture(params=[straight, osrm], ids=lambda bench: bench.__name__)
def distances(request: pytest.FixtureRequest) -> Iterator[Distances]:
    with request.param() as opened:
        yield opened


def test_there_is_a_row_and_a_column_for_each_place(distances: Distances) -> None:
    ways = distances.between(SPOTS)

    assert [len(row) for row in (*ways.metres, *ways.seconds)] == [3] * 6


def test_a_place_is_no_way_from_itself(distances: Distances) -> None:
    ways = distances.between(SPOTS)

    assert [ways.metres[one][one] for one in range(3)] == [0, 0, 0]
    assert [ways.seconds[one][one] for one in range(3)] == [0, 0, 0]


def test_a_way_is_never_shorter_than_the_straight_line_and_takes_time(distances: Distances) -> None:
    ways = distances.between(SPOTS)

    assert AIR_M <= ways.metres[0][1] <= 2 * AIR_M
    assert 60 <= ways.seconds[0][1] <= 1_800


def test_the_same_question_has_the_same_answer(distances: Distances) -> None:
    assert distances.between(SPOTS) == distances.between(SPOTS)


def test_no_places_have_no_ways(distances: Distances) -> None:
    assert distances.between([]).metres == ()
