"""Who pays how much of a fee."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.delivery.fees import MOST_FEE_WON, Fee, Payer, Terms, fee_for


@pytest.mark.parametrize(
    ("terms", "goods_won", "fee"),
    [
        (Terms(3_000, Payer.CUSTOMER), 90_000, Fee(3_000, 3_000, 0, 0)),
        (Terms(3_000, Payer.STALLS, 30_000), 29_999, Fee(3_000, 3_000, 0, 0)),
        (Terms(3_000, Payer.STALLS, 30_000), 30_000, Fee(3_000, 0, 3_000, 0)),
        (Terms(3_010, Payer.HALF), 10_000, Fee(3_010, 1_505, 1_505, 0)),
        (Terms(3_001, Payer.HALF), 10_000, Fee(3_001, 1_501, 1_500, 0)),
        (Terms(3_000, Payer.HALF, 30_000), 30_000, Fee(3_000, 0, 3_000, 0)),
        (Terms(4_000, Payer.MUNICIPALITY, None, 3_000), 10_000, Fee(4_000, 1_000, 0, 3_000)),
        (Terms(4_000, Payer.MUNICIPALITY, 30_000, 3_000), 30_000, Fee(4_000, 0, 1_000, 3_000)),
        (Terms(2_000, Payer.MUNICIPALITY, None, 3_000), 10_000, Fee(2_000, 0, 0, 2_000)),
        (Terms(0, Payer.CUSTOMER), 10_000, Fee(0, 0, 0, 0)),
    ],
)
def test_every_payer_bears_its_share(terms: Terms, goods_won: int, fee: Fee) -> None:
    assert fee_for(terms, goods_won) == fee


@given(
    st.builds(
        Terms,
        fee_won=st.integers(0, MOST_FEE_WON),
        payer=st.sampled_from(Payer),
        free_from_won=st.none() | st.integers(1, 1_000_000),
        municipality_won=st.integers(0, MOST_FEE_WON),
    ),
    st.integers(0, 2_000_000),
)
def test_the_shares_come_to_exactly_the_fee(terms: Terms, goods_won: int) -> None:
    fee = fee_for(terms, goods_won)
    assert fee.customer_won + fee.stalls_won + fee.municipality_won == fee.total_won == terms.fee_won
    assert min(fee.customer_won, fee.stalls_won, fee.municipality_won) >= 0
    if terms.free_from_won is not None and goods_won >= terms.free_from_won:
        assert fee.customer_won == 0


@given(st.sampled_from(Payer), st.integers(0, 20_000), st.integers(0, 500_000), st.integers(0, 500_000))
def test_a_larger_basket_never_costs_the_customer_a_larger_fee(payer: Payer, won: int, one: int, other: int) -> None:
    terms = Terms(won, payer, 30_000, 1_000)
    assert fee_for(terms, max(one, other)).customer_won <= fee_for(terms, min(one, other)).customer_won


def test_a_fee_whose_shares_do_not_come_to_it_cannot_be() -> None:
    for shares in ((3_000, 2_000, 0, 0), (3_000, 4_000, -1_000, 0)):
        with pytest.raises(ValueError, match="shares"):
            Fee(*shares)
