from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.kernel.money import split_won

weights = st.lists(st.integers(0, 10**7), min_size=1, max_size=30)


@given(st.integers(-(10**9), 10**9), weights)
def test_parts_sum_to_the_whole(total: int, shares: list[int]) -> None:
    assert sum(split_won(total, shares)) == total


@given(st.integers(0, 10**9), weights)
def test_no_part_is_more_than_a_won_from_its_share(total: int, shares: list[int]) -> None:
    whole = sum(shares)
    for part, share in zip(split_won(total, shares), shares, strict=True):
        if whole:
            assert abs(part * whole - total * share) < whole


@given(st.integers(0, 10**9), weights)
def test_a_refund_splits_as_its_payment(total: int, shares: list[int]) -> None:
    assert split_won(-total, shares) == [-part for part in split_won(total, shares)]


def test_equal_remainders_go_to_the_earlier_part() -> None:
    assert split_won(100, [1, 1, 1]) == [34, 33, 33]


def test_no_weights_at_all_divide_evenly() -> None:
    assert split_won(5, [0, 0]) == [3, 2]


@pytest.mark.parametrize("shares", [[], [1, -1]])
def test_what_cannot_be_split_is_a_mistake(shares: list[int]) -> None:
    with pytest.raises(ValueError, match=r"split|negative"):
        split_won(100, shares)
