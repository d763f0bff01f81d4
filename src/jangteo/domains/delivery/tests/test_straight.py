from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.delivery.ports import BadSpot, Spot
from jangteo.domains.delivery.straight import StraightLines

INCHEON, SEOUL = Spot(37_456_300, 126_705_200), Spot(37_566_500, 126_978_000)
SPOTS = st.builds(Spot, st.integers(33_000_000, 39_000_000), st.integers(124_000_000, 132_000_000))


def test_a_way_is_the_straight_line_and_nearly_a_third_more() -> None:
    air = StraightLines(factor_bp=10_000).between([INCHEON, SEOUL]).metres[0][1]
    street = StraightLines().between([INCHEON, SEOUL])

    assert air == 27_002
    assert street.metres == ((0, 35_103), (35_103, 0))
    assert street.seconds[0][1] == -(-street.metres[0][1] * 3600 // 15_000)


@given(st.lists(SPOTS, min_size=3, max_size=3))
def test_ways_are_the_same_both_ways_and_no_detour_is_shorter(spots: list[Spot]) -> None:
    metres = StraightLines().between(spots).metres

    assert all(metres[here][there] == metres[there][here] for here in range(3) for there in range(3))
    assert metres[0][2] <= metres[0][1] + metres[1][2] + 2


@pytest.mark.parametrize(
    ("lat", "lng", "code"),
    [(126_705_200, 37_456_300, "spot_swapped"), (0, 0, "spot_outside"), (37_456_300, 0, "spot_outside")],
)
def test_coordinates_that_are_swapped_or_elsewhere_are_refused(lat: int, lng: int, code: str) -> None:
    with pytest.raises(BadSpot) as refused:
        Spot(lat, lng)

    assert refused.value.code == code


@pytest.mark.parametrize(("factor_bp", "pace"), [(9_999, 15_000), (13_000, 0)])
def test_a_factor_below_one_or_no_pace_is_refused(factor_bp: int, pace: int) -> None:
    with pytest.raises(ValueError, match="straight"):
        StraightLines(factor_bp=factor_bp, metres_per_hour=pace)
