"""The arithmetic of other terms: exact where nothing changes, and never the wrong way round."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.delivery.fees import Payer, Terms, fee_for
from jangteo.domains.whatif.rules import MIDDLE, MONTH_DAYS, Past, Wish, kept_of, replay

TERMS = st.builds(
    Terms,
    st.integers(0, 30_000),
    st.sampled_from([Payer.CUSTOMER, Payer.STALLS, Payer.HALF]),
    st.none() | st.integers(1, 100_000),
)
GOODS = st.lists(st.integers(1, 300_000), min_size=1, max_size=30)
HOUSEHOLDS = Terms(3_000, Payer.CUSTOMER)


def lived(terms: Terms, goods: list[int]) -> list[Past]:
    """So many orders as these terms made them, ten to a wave."""
    return [
        Past(won, fee_for(terms, won).customer_won, at // 10, 1 + at % 2, 1 + at % 3, 1 + at % 10)
        for at, won in enumerate(goods)
    ]


@given(TERMS, GOODS)
def test_the_same_terms_keep_every_order_and_exactly_todays_money(terms: Terms, goods: list[int]) -> None:
    found = replay(lived(terms, goods), Wish(terms), MONTH_DAYS)

    fees = [fee_for(terms, won) for won in goods]
    assert (found.orders, found.least, found.most) == (len(goods), len(goods), len(goods))
    assert found.customers_won == sum(fee.customer_won for fee in fees)
    assert (found.stalls_won, found.town_won) == (sum(fee.stalls_won for fee in fees), 0)
    assert found.fees_won == sum(fee.total_won for fee in fees)


@given(TERMS, GOODS, st.integers(0, 10_000), st.integers(0, 5_000))
def test_a_higher_fee_never_keeps_more_orders(terms: Terms, goods: list[int], more: int, elasticity: int) -> None:
    pasts, dearer = lived(HOUSEHOLDS, goods), replace(terms, fee_won=terms.fee_won + more)

    for past in pasts:
        low, high = (kept_of(past, Wish(one), elasticity) for one in (terms, dearer))
        assert 0 <= high <= low <= 2_000


@given(TERMS, GOODS, st.integers(1, 3), st.integers(1, 2), st.integers(1, 10))
def test_less_of_zones_windows_or_seats_never_keeps_more(
    terms: Terms, goods: list[int], zone: int, window: int, seats: int
) -> None:
    pasts, all_of_it = lived(terms, goods), Wish(terms)

    whole = replay(pasts, all_of_it, MONTH_DAYS).orders
    fewer = (
        replace(all_of_it, without_zone=zone),
        replace(all_of_it, without_window=window),
        replace(all_of_it, capacity=seats),
    )
    assert all(replay(pasts, less, MONTH_DAYS).orders <= whole for less in fewer)
    assert replay(pasts, replace(all_of_it, without_zone=zone), MONTH_DAYS).orders == sum(
        past.zone_id != zone for past in pasts
    )


@given(GOODS, st.integers(0, 9_000))
def test_the_range_holds_the_middle_and_the_same_seed_the_same_range(goods: list[int], fee: int) -> None:
    pasts, wish = lived(HOUSEHOLDS, goods), Wish(Terms(fee, Payer.CUSTOMER))

    first, again = (replay(pasts, wish, 14) for _ in range(2))

    assert first == again
    assert first.least <= first.orders <= first.most


def test_a_thousand_won_more_on_ten_thousand() -> None:
    """Goods 10,000 and a fee of 3,000; at 4,000 customers pay 7.69 % more, so 7.7 % fewer order."""
    pasts = lived(HOUSEHOLDS, [10_000] * 100)

    found = replay(pasts, Wish(Terms(4_000, Payer.CUSTOMER), stop_won=3_500), MONTH_DAYS)

    assert kept_of(pasts[0], Wish(Terms(4_000, Payer.CUSTOMER)), MIDDLE) == 924
    assert (found.orders, found.least, found.most) == (92, 83, 99)
    assert (found.customers_won, found.cost_won, found.left_won) == (369_600, 323_400, 46_200)


def test_nothing_in_the_past_is_nothing_in_a_month() -> None:
    found = replay([], Wish(HOUSEHOLDS), 28)

    assert (found.orders, found.least, found.most, found.left_each_won) == (0, 0, 0, 0)
