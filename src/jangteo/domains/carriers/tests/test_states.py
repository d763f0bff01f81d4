from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.carriers.states import (
    QUICK_IS_OVER,
    ParcelState,
    QuickState,
    Sighting,
    Sign,
    is_ahead,
    quick_goes,
    standing,
)

START = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SIGHTINGS = st.builds(
    Sighting,
    at=st.integers(0, 500).map(lambda minutes: START + timedelta(minutes=minutes)),
    what=st.sampled_from([*ParcelState, *Sign]).map(str),
    place=st.sampled_from(["", "옥천허브", "가람"]),
)


@given(st.lists(SIGHTINGS, max_size=12).flatmap(lambda seen: st.tuples(st.just(seen), st.permutations(seen))))
def test_the_order_in_which_sightings_come_changes_nothing(both: tuple[list[Sighting], list[Sighting]]) -> None:
    seen, shuffled = both

    assert standing(START, seen) == standing(START, shuffled)


@given(st.lists(SIGHTINGS, max_size=12))
def test_a_parcel_never_goes_back_whatever_comes_next(seen: list[Sighting]) -> None:
    states = [standing(START, seen[:count]).state for count in range(len(seen) + 1)]

    assert not any(is_ahead(before, after) for before, after in pairwise(states))
    delivered = [state == ParcelState.DELIVERED for state in states]
    assert delivered == sorted(delivered)


@given(st.lists(SIGHTINGS, max_size=12))
def test_what_has_arrived_has_no_trouble(seen: list[Sighting]) -> None:
    stands = standing(START, seen)

    assert stands.state != ParcelState.DELIVERED or stands.trouble == ""


def test_a_failed_door_is_told_until_the_parcel_goes_on() -> None:
    out = Sighting(START, ParcelState.OUT, "가람")
    failed = Sighting(START + timedelta(hours=2), Sign.FAILED_DOOR)
    again = Sighting(START + timedelta(hours=20), ParcelState.OUT, "가람")

    assert standing(START, [out, failed]).trouble == "failed_door"
    assert standing(START, [out, failed, again]).trouble == ""
    assert standing(START, [out, failed, again]).since == START


@given(st.lists(st.sampled_from(list(QuickState)), max_size=12))
def test_an_errand_only_goes_forward_and_stays_over(told: list[QuickState]) -> None:
    order = [QuickState.ASKED, QuickState.LOOKING, QuickState.ASSIGNED, QuickState.PICKED_UP, QuickState.DELIVERED]
    was, farthest = QuickState.ASKED, 0
    for became in told:
        if not quick_goes(was, became):
            continue
        assert was not in QUICK_IS_OVER
        was = became
        if became in order:
            assert order.index(became) >= min(farthest, 1)
            assert farthest < 3 or order.index(became) > farthest
            farthest = max(farthest, order.index(became))


@pytest.mark.parametrize(
    ("was", "became", "goes"),
    [
        (QuickState.ASSIGNED, QuickState.LOOKING, True),
        (QuickState.PICKED_UP, QuickState.ASSIGNED, False),
        (QuickState.DELIVERED, QuickState.CANCELLED, False),
        (QuickState.LOOKING, QuickState.REFUSED, False),
        (QuickState.ASKED, QuickState.REFUSED, True),
        (QuickState.PICKED_UP, QuickState.CANCELLED, True),
    ],
)
def test_single_steps_of_an_errand(was: QuickState, became: QuickState, goes: bool) -> None:
    assert quick_goes(was, became) is goes
