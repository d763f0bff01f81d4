from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.ordering.rules import (
    LineFacts,
    ceiling_for,
    default_ceiling,
    grams_within,
    line_amount,
    pickup_times,
)

won = st.integers(1, 9_999_990)
grams = st.integers(1, 200_000)


def test_a_piece_costs_price_times_quantity() -> None:
    assert line_amount(price_won=8000, price_grams=None, quantity=3, grams=None) == 24_000


def test_weight_is_charged_down_to_ten_won() -> None:
    assert line_amount(price_won=2500, price_grams=100, quantity=1, grams=437) == 10_920
    assert line_amount(price_won=9900, price_grams=600, quantity=1, grams=613) == 10_110


def test_a_weighed_line_without_grams_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="grams"):
        line_amount(price_won=2500, price_grams=100, quantity=1, grams=None)


@given(won, grams, grams)
def test_more_weight_never_costs_less(price: int, first: int, second: int) -> None:
    light, heavy = sorted((first, second))
    amounts = [line_amount(price_won=price, price_grams=100, quantity=1, grams=g) for g in (light, heavy)]
    assert amounts == sorted(amounts)


@given(won, grams, st.integers(10, 9_999_990))
def test_the_heaviest_weight_under_a_ceiling_fits_and_one_gram_more_does_not(price: int, per: int, most: int) -> None:
    fits = grams_within(price_won=price, price_grams=per, ceiling_won=most)
    assert line_amount(price_won=price, price_grams=per, quantity=1, grams=fits) <= most
    assert line_amount(price_won=price, price_grams=per, quantity=1, grams=fits + 1) > most


@given(won, st.integers(0, 10_000))
def test_a_ceiling_covers_its_estimate_in_whole_hundreds(estimate: int, slack_bp: int) -> None:
    ceiling = ceiling_for(estimate, slack_bp)
    assert ceiling % 100 == 0
    assert 0 <= ceiling * 10_000 - estimate * (10_000 + slack_bp) < 1_000_000


def test_the_default_ceiling_is_fifteen_percent_up() -> None:
    assert default_ceiling(10_000) == 11_500
    assert default_ceiling(10_010) == 11_600


@given(won, grams, st.integers(1, 99), grams)
def test_a_capped_line_never_costs_more_than_its_ceiling(price: int, unit: int, quantity: int, weighed: int) -> None:
    facts = LineFacts(price, 100, unit, quantity, 5_000, weighed, capped=True)
    assert facts.final_won is not None
    assert facts.final_won <= 5_000


def test_an_unweighed_line_is_due_at_its_estimate() -> None:
    facts = LineFacts(2500, 100, 400, 2, 23_000, None, capped=False)
    assert (facts.estimate_won, facts.final_won, facts.due_won, facts.most_won) == (20_000, None, 20_000, 23_000)


def test_pickup_times_start_half_an_hour_from_now_and_end_at_closing() -> None:
    now = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)
    times = pickup_times(opens_at=time(7), closes_at=time(20), now=now, days=[date(2026, 11, 20)])
    assert times == [
        datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
        datetime(2026, 11, 20, 10, 30, tzinfo=UTC),
        datetime(2026, 11, 20, 11, 0, tzinfo=UTC),
    ]
