from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.markets.calendar import (
    Cycle,
    are_whole_pairs,
    cycle_from_json,
    is_market_day,
    is_trading_day,
    next_market_days,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
PAIRS = st.integers(0, 4).map(lambda digit: (digit, digit + 5))
CYCLES = st.builds(
    lambda daily, pairs, on_31st: Cycle(
        daily or not pairs, tuple(sorted({d for pair in pairs for d in pair})), on_31st
    ),
    st.booleans(),
    st.sets(PAIRS, max_size=5),
    st.booleans(),
)


def test_two_and_seven_market_stands_on_every_day_ending_so() -> None:
    days = next_market_days(Cycle(daily=False, digits=(2, 7)), date(2026, 1, 30), 7)

    assert [day.isoformat()[5:] for day in days] == ["02-02", "02-07", "02-12", "02-17", "02-22", "02-27", "03-02"]


def test_five_and_ten_market_stands_on_days_ending_in_five_and_nought() -> None:
    days = next_market_days(Cycle(daily=False, digits=(0, 5)), date(2026, 2, 20), 4)

    assert [day.isoformat()[5:] for day in days] == ["02-20", "02-25", "03-05", "03-10"]


def test_thirty_first_is_no_market_day_of_a_one_and_six_market_unless_its_town_says_so() -> None:
    last = date(2026, 1, 31)

    assert not is_market_day(Cycle(daily=False, digits=(1, 6)), last)
    assert is_market_day(Cycle(daily=False, digits=(1, 6), on_31st=True), last)
    assert is_market_day(Cycle(daily=False, digits=(1, 6)), date(2026, 2, 1))


def test_mixed_market_trades_daily_and_has_its_market_days() -> None:
    mixed = Cycle(daily=True, digits=(3, 8))

    assert not is_market_day(mixed, date(2026, 11, 22))
    assert is_trading_day(mixed, date(2026, 11, 22))
    assert is_market_day(mixed, date(2026, 11, 23))


def test_daily_market_has_a_market_day_every_day_and_on_the_31st() -> None:
    assert next_market_days(Cycle(daily=True), date(2026, 1, 30), 3) == [
        date(2026, 1, 30),
        date(2026, 1, 31),
        date(2026, 2, 1),
    ]


@pytest.mark.parametrize("digits", [(7, 2), (2, 2), (5, 10), (-1, 4), ()])
def test_cycle_refuses_what_is_no_rhythm(digits: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"never trades|digits must be"):
        Cycle(daily=False, digits=digits)


@given(CYCLES)
def test_cycle_survives_being_stored(cycle: Cycle) -> None:
    assert cycle_from_json(dict(cycle.to_json())) == cycle


def test_unknown_rhythm_is_stored_as_an_empty_object() -> None:
    assert cycle_from_json({}) is None


@pytest.mark.parametrize("stored", [{"daily": True}, {"daily": False, "digits": "27"}, {"digits": ["2"]}])
def test_object_of_another_shape_is_no_cycle(stored: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a cycle"):
        cycle_from_json(stored)


@given(CYCLES, DAYS)
def test_next_market_days_are_exactly_the_market_days_in_order(cycle: Cycle, start: date) -> None:
    found = next_market_days(cycle, start, 8)

    span = (start + timedelta(days=ahead) for ahead in range((found[-1] - start).days + 1))
    assert found == [day for day in span if is_market_day(cycle, day)]


@given(CYCLES, DAYS)
def test_market_day_is_always_a_trading_day(cycle: Cycle, day: date) -> None:
    assert is_trading_day(cycle, day) or not is_market_day(cycle, day)


@given(PAIRS, DAYS)
def test_pair_comes_every_five_days_within_a_month(pair: tuple[int, int], start: date) -> None:
    days = next_market_days(Cycle(daily=False, digits=pair), start, 10)

    steps = [(later - earlier, later.month == earlier.month) for earlier, later in pairwise(days)]
    assert {step.days for step, same_month in steps if same_month} == {5}
    # At the end of February: from the 28th to the 3rd, and in a leap year from the 25th to the 5th.
    assert {step.days for step, same_month in steps if not same_month} <= set(range(3, 10))


@given(st.frozensets(st.integers(0, 9)))
def test_digits_are_whole_pairs_when_each_has_its_partner(digits: frozenset[int]) -> None:
    assert are_whole_pairs(digits) == all((digit + 5) % 10 in digits for digit in digits)
