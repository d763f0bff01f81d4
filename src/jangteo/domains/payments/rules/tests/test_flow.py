from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.payments.rules.flow import Flow, subsets_to

small = st.integers(0, 6)


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[frozenset[int]], list[int], list[int]]:
    """Allowed lines and sums of givers, and the room of lines."""
    room = draw(st.lists(small, min_size=1, max_size=4))
    allowed = draw(st.lists(st.frozensets(st.integers(0, len(room) - 1)), min_size=1, max_size=4))
    return allowed, draw(st.lists(small, min_size=len(allowed), max_size=len(allowed))), room


@given(rooms())
def test_all_finds_place_exactly_when_no_set_of_givers_exceeds_its_lines(
    case: tuple[list[frozenset[int]], list[int], list[int]],
) -> None:
    allowed, sums, room = case
    flow = Flow(allowed, room)

    fits = [flow.give(at, won) for at, won in enumerate(sums)] == sums

    assert fits == all(
        sum(sums[at] for at in some) <= sum(room[n] for n in frozenset[int]().union(*(allowed[at] for at in some)))
        for count in range(1, len(sums) + 1)
        for some in combinations(range(len(sums)), count)
    )


@given(rooms())
def test_what_was_given_stays_given_within_the_room(case: tuple[list[frozenset[int]], list[int], list[int]]) -> None:
    allowed, sums, room = case
    flow = Flow(allowed, room)

    placed = [flow.give(at, won) for at, won in enumerate(sums)]

    assert [sum(cells) for cells in flow.cells] == placed
    assert [sum(column) + left for column, left in zip(zip(*flow.cells, strict=True), flow.room, strict=True)] == room
    assert min(min(cells) for cells in [*flow.cells, flow.room]) >= 0
    assert all(n in allowed[at] for at, cells in enumerate(flow.cells) for n, won in enumerate(cells) if won)


def test_only_as_much_is_shifted_as_there_is_to_shift() -> None:
    flow = Flow([frozenset({0}), frozenset({0, 1}), frozenset({0})], [5, 5])

    assert [flow.give(0, 3), flow.give(1, 2), flow.give(2, 5)] == [3, 2, 2]
    assert flow.cells == [[3, 0], [0, 2], [2, 0]]


@given(st.lists(st.integers(1, 30), max_size=7), st.integers(0, 100), st.booleans())
def test_every_subset_is_found_once_the_largest_first(amounts: list[int], most: int, exactly: bool) -> None:
    found = list(subsets_to(amounts, most, exactly=exactly))

    sums = [sum(amounts[at] for at in picks) for picks in found]
    every = [tuple(n for n, taken in enumerate(bits) if taken) for bits in product((0, 1), repeat=len(amounts))]
    wanted = [
        picks
        for picks in every
        if (total := sum(amounts[at] for at in picks)) == most or (not exactly and total < most)
    ]
    assert sorted(found) == sorted(wanted)
    assert sums == sorted(sums, reverse=True)
