from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.settlement.business_days import BankDays, bank_holidays, korean_date

BANK = BankDays()
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    "closed",
    [
        "2024-02-12",  # substitute for Lunar New Year's Sunday
        "2024-04-10",  # National Assembly election
        "2024-05-01",  # Labour Day, when it was no public holiday yet
        "2024-05-06",  # substitute for Children's Day
        "2024-09-16",
        "2024-09-18",
        "2024-10-01",  # decreed for that year only
        "2025-01-27",  # decreed for that year only
        "2025-03-03",
        "2025-05-01",
        "2025-06-03",  # presidential election
        "2025-10-03",
        "2025-10-06",
        "2025-10-07",
        "2025-10-08",  # substitute for Chuseok
        "2025-10-09",
        "2026-02-16",
        "2026-02-18",
        "2026-05-01",
        "2026-05-25",
        "2026-06-03",  # local elections
        "2026-07-17",  # Constitution Day, a holiday again
        "2026-08-17",
        "2026-09-24",
        "2026-09-25",
        "2026-10-05",
        "2027-02-08",
        "2027-02-09",
        "2027-05-01",
        "2027-07-19",
        "2027-09-14",
        "2027-09-16",
        "2027-10-11",
        "2027-12-27",
    ],
)
def test_banks_are_closed(closed: str) -> None:
    assert not BANK.is_open(date.fromisoformat(closed))


@pytest.mark.parametrize(
    "open_day",
    [
        "2024-07-17",  # Constitution Day, when it was none
        "2024-12-31",  # the exchange is closed, banks are not
        "2025-07-17",
        "2025-10-02",
        "2025-10-10",
        "2026-06-02",
        "2026-06-04",
        "2026-07-16",
        "2026-09-23",
        "2026-09-28",
        "2027-12-31",
    ],
)
def test_banks_are_open(open_day: str) -> None:
    assert BANK.is_open(date.fromisoformat(open_day))


def test_a_year_has_its_weekdays_less_the_holidays_on_them() -> None:
    ends = [(date(year - 1, 12, 31), date(year, 12, 31)) for year in (2024, 2025, 2026, 2027)]

    assert [BANK.between(start, end) for start, end in ends] == [262 - 17, 261 - 18, 261 - 16, 261 - 15]


def test_two_days_over_chuseok_and_its_substitute_are_ten() -> None:
    assert BANK.plus(date(2025, 10, 1), 2) == date(2025, 10, 10)
    assert BANK.plus(date(2025, 10, 2), 2) == date(2025, 10, 13)
    assert BANK.plus(date(2026, 9, 23), 2) == date(2026, 9, 29)


def test_two_days_over_an_election_and_constitution_day() -> None:
    assert BANK.plus(date(2026, 6, 2), 1) == date(2026, 6, 4)
    assert BANK.plus(date(2026, 7, 16), 1) == date(2026, 7, 20)


def test_a_sale_on_a_closed_day_counts_from_the_next_business_day() -> None:
    assert BANK.plus(date(2025, 10, 4), 0) == date(2025, 10, 10)
    assert BANK.plus(date(2025, 10, 4), 1) == date(2025, 10, 10)
    assert BANK.plus(date(2025, 10, 4), 2) == date(2025, 10, 13)


def test_the_last_moment_of_a_korean_day_belongs_to_it() -> None:
    last = datetime(2026, 7, 16, 14, 59, 59, 900_000, tzinfo=UTC)

    assert korean_date(last) == date(2026, 7, 16)
    assert BANK.due(last, 1) == date(2026, 7, 20)
    assert korean_date(last + timedelta(seconds=0.1)) == date(2026, 7, 17)


def test_a_holiday_decreed_later_is_observed() -> None:
    decreed = BankDays(also_closed=frozenset({date(2026, 9, 28)}))

    assert decreed.plus(date(2026, 9, 23), 2) == date(2026, 9, 30)


def test_business_days_are_not_counted_backward() -> None:
    with pytest.raises(ValueError, match="forward"):
        BANK.plus(date(2026, 9, 23), -1)


def test_a_year_is_looked_up_once() -> None:
    assert bank_holidays(2026) is bank_holidays(2026)


@given(days, st.integers(1, 15))
def test_between_undoes_plus(day: date, count: int) -> None:
    due = BANK.plus(day, count)

    assert BANK.is_open(due)
    assert BANK.between(day, due) == count
    assert BANK.between(due, day) == 0


@given(days)
def test_next_and_previous_are_the_nearest_open_days(day: date) -> None:
    later, earlier = BANK.next(day), BANK.previous(day)

    assert BANK.is_open(later)
    assert BANK.is_open(earlier)
    assert earlier < day < later
    assert BANK.between(day, later) == 1
    assert BANK.between(earlier, later) == 1 + BANK.is_open(day)
    assert BANK.on_or_after(day) == (day if BANK.is_open(day) else later)
    assert BANK.on_or_before(day) == (day if BANK.is_open(day) else earlier)
