from __future__ import annotations

from collections.abc import Iterator

import pytest

from jangteo.adapters.osrm.client import OsrmDistances
from jangteo.adapters.osrm.simulator import OsrmSimulator
from jangteo.domains.delivery.ports import DistancesUnknown, Spot

SPOTS = [Spot(37_456_300 + 1_000 * number, 126_705_200 - 700 * number) for number in range(7)]


@pytest.fixture
def simulator() -> Iterator[OsrmSimulator]:
    with OsrmSimulator() as opened:
        yield opened


def test_ways_come_in_metres_and_seconds_rounded_up(simulator: OsrmSimulator) -> None:
    ways = OsrmDistances(base_url=simulator.url).between(SPOTS[:2])

    assert ways.metres == ((0, 173), (173, 0))
    assert ways.seconds == ((0, 42), (42, 0))


def test_a_large_table_is_asked_in_blocks_and_put_together(simulator: OsrmSimulator) -> None:
    whole = OsrmDistances(base_url=simulator.url).between(SPOTS)
    assert simulator.calls == 1

    blocks = OsrmDistances(base_url=simulator.url, most_spots=4).between(SPOTS)

    assert simulator.calls == 1 + 16
    assert blocks == whole


def test_a_hundred_and_twenty_places_are_within_what_a_server_takes(simulator: OsrmSimulator) -> None:
    spots = [Spot(37_400_000 + 100 * number, 126_700_000) for number in range(120)]

    ways = OsrmDistances(base_url=simulator.url).between(spots)

    assert (len(ways.metres), simulator.calls) == (120, 9)


@pytest.mark.parametrize("fault", ["no_way", "server_error", "garbage", "too_big", "wrong_shape"])
def test_an_answer_that_does_not_say_how_far_is_unknown(simulator: OsrmSimulator, fault: str) -> None:
    simulator.dial.next_up("table", fault)
    distances = OsrmDistances(base_url=simulator.url)

    with pytest.raises(DistancesUnknown):
        distances.between(SPOTS)

    assert len(distances.between(SPOTS).metres) == 7


def test_no_answer_in_time_is_unknown(simulator: OsrmSimulator) -> None:
    simulator.dial.next_up("table", "timeout")

    with pytest.raises(DistancesUnknown):
        OsrmDistances(base_url=simulator.url, timeout_s=0.2).between(SPOTS)


def test_one_place_needs_no_call(simulator: OsrmSimulator) -> None:
    assert OsrmDistances(base_url=simulator.url).between(SPOTS[:1]).metres == ((0,),)
    assert simulator.calls == 0


def test_a_call_takes_two_places_at_least() -> None:
    with pytest.raises(ValueError, match="two"):
        OsrmDistances(base_url="http://127.0.0.1:1", most_spots=1)


def test_nothing_is_asked_where_the_check_before_a_call_refuses(simulator: OsrmSimulator) -> None:
    def refuse() -> None:
        raise RuntimeError("inside a transaction")

    with pytest.raises(RuntimeError, match="transaction"):
        OsrmDistances(base_url=simulator.url, before_call=refuse).between(SPOTS)

    assert simulator.calls == 0
