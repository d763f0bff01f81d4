from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.hub.rules import Spot, floor_of, length_past, lowest_free, swapped_price, way_past

SPOTS = st.sets(st.builds(Spot, st.integers(0, 4), st.integers(0, 40)), min_size=1, max_size=14)
HUBS = st.integers(0, 4)


@given(SPOTS, HUBS)
def test_every_stall_is_passed_once(spots: set[Spot], hub: int) -> None:
    way = way_past(spots, hub)

    assert sorted(way.spots) == sorted(spots)


@given(SPOTS, HUBS)
def test_no_tour_is_longer_than_going_slot_by_slot(spots: set[Spot], hub: int) -> None:
    way, floor = way_past(spots, hub), floor_of(spots, hub)
    plain = length_past(floor, hub * 100_000, [spot.point for spot in sorted(spots)])

    assert way.length_dm <= plain
    assert way.length_dm == length_past(floor, hub * 100_000, [spot.point for spot in way.spots])


def test_a_street_is_left_by_its_gate() -> None:
    # Two steps in on the first street, one on the second: 2 x 60 + 120 + 2 x 30 + 120 back.
    way = way_past({Spot(0, 3), Spot(1, 1)}, 0)

    assert way.length_dm == 120 + 240 + 60


def test_stalls_that_face_each_other_are_one_stop() -> None:
    assert way_past({Spot(0, 1), Spot(0, 2)}, 0).length_dm == 60


@given(st.integers(1, 99), st.integers(100, 500_000), st.integers(1, 500_000))
def test_another_good_never_makes_the_line_dearer(quantity: int, most_won: int, price_won: int) -> None:
    each = swapped_price(most_won=most_won, quantity=quantity, price_won=price_won)

    assert each * quantity <= most_won
    assert each <= price_won
    assert each == price_won or (each + 1) * quantity > most_won


@given(st.sets(st.integers(1, 12)), st.integers(0, 12))
def test_the_lowest_free_number_is_free(taken: set[int], count: int) -> None:
    number = lowest_free(taken, count)

    free = [one for one in range(1, count + 1) if one not in taken]
    assert number == (free[0] if free else None)
