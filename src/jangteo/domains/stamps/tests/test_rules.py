from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.stamps.rules import Mark, stamps_for, standing, wait_after, within_day

START = datetime(2026, 11, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def mark(day: int, count: int) -> Mark:
    return Mark(count, START + day * DAY)


def test_what_is_spent_goes_from_the_oldest() -> None:
    marks = [mark(0, 3), mark(10, 3), mark(20, -4)]

    assert standing(marks, START + 29 * DAY, 30).live == 2
    assert standing(marks, START + 30 * DAY, 30).live == 2
    assert standing(marks, START + 40 * DAY, 30).live == 0


def test_the_oldest_says_when_the_next_ends() -> None:
    found = standing([mark(0, 1), mark(10, 1)], START + 15 * DAY, 30)

    assert (found.live, found.ends_at) == (2, START + 30 * DAY)
    assert standing([mark(0, 1)], START, 0).ends_at is None


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 5)), max_size=12), st.integers(0, 120))
def test_without_spending_exactly_the_young_ones_count(puts: list[tuple[int, int]], day: int) -> None:
    now, marks = START + day * DAY, [mark(at, count) for at, count in puts if at <= day]

    assert standing(marks, now, 0).live == sum(one.count for one in marks)
    assert standing(marks, now, 30).live == sum(one.count for one in marks if now - one.at < 30 * DAY)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(-9, 9).filter(bool)), max_size=12))
def test_it_is_never_less_than_nothing(marks: list[tuple[int, int]]) -> None:
    found = standing([mark(at, count) for at, count in marks], START + 61 * DAY, 0)

    assert found.live >= max(0, sum(count for _at, count in marks))


@given(st.integers(0, 10_000_000), st.integers(1_000, 100_000))
def test_by_the_won_each_full_amount_counts(won: int, per_won: int) -> None:
    count = stamps_for(per_won=per_won, won=won)

    assert count * per_won <= won < (count + 1) * per_won
    assert stamps_for(per_won=None, won=won) == 1


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_day_gives_no_more_than_ten(count: int, today: int) -> None:
    given_now = within_day(count, today)

    assert 0 <= given_now <= count
    assert given_now + today <= max(10, today)


def test_a_visit_waits_for_the_one_before() -> None:
    assert wait_after(None, START) == timedelta(0)
    assert wait_after(START, START + timedelta(minutes=10)) == timedelta(minutes=20)
    assert wait_after(START, START + timedelta(minutes=30)) == timedelta(0)
