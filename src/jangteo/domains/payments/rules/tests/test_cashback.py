from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.payments.rules.cashback import AfterPromo, Cashback, Clawback, claw_back

won = st.integers(0, 100_000)


def test_scenario_15_spent_cashback_comes_from_the_promo_balance_first_and_then_as_the_policy_says() -> None:
    cashback = Cashback(rate_bp=500, on_won=40_000, cap_won=20_000)

    assert cashback.granted_won == 2_000
    assert cashback.due_won(kept_won=10_000) == 1_500
    assert claw_back(due_won=1_500, promo_won=2_000, refund_won=30_000, then=AfterPromo.DEDUCT) == Clawback(1_500, 0, 0)
    assert claw_back(due_won=1_500, promo_won=400, refund_won=30_000, then=AfterPromo.DEDUCT) == Clawback(400, 1_100, 0)
    assert claw_back(due_won=1_500, promo_won=400, refund_won=1_000, then=AfterPromo.DEDUCT) == Clawback(
        400, 1_000, 100
    )
    assert claw_back(due_won=1_500, promo_won=400, refund_won=30_000, then=AfterPromo.RECEIVABLE) == Clawback(
        400, 0, 1_100
    )


def test_a_capped_cashback_comes_back_only_below_its_cap() -> None:
    cashback = Cashback(rate_bp=1_000, on_won=50_000, cap_won=3_000)

    assert [cashback.due_won(kept_won=kept) for kept in (40_000, 30_000, 29_990, 0)] == [0, 0, 1, 3_000]


@given(won, won, won, st.sampled_from(AfterPromo))
def test_what_is_due_is_taken_in_full_and_no_floor_is_crossed(
    due: int, promo: int, refund: int, then: AfterPromo
) -> None:
    taken = claw_back(due_won=due, promo_won=promo, refund_won=refund, then=then)

    assert taken.promo_won + taken.deducted_won + taken.receivable_won == due
    assert 0 <= taken.promo_won <= promo
    assert 0 <= taken.deducted_won <= refund
    assert taken.receivable_won >= 0
    assert taken.promo_won == promo or not taken.deducted_won + taken.receivable_won


@given(
    st.integers(0, 10_000), st.none() | st.integers(0, 9_000), st.lists(st.integers(1, 9_999), min_size=1, max_size=6)
)
def test_after_any_sequence_of_refunds_no_cashback_is_left_and_none_came_twice(
    rate_bp: int, cap: int | None, pieces: list[int]
) -> None:
    kept = on = sum(pieces)
    taken = 0
    for piece in pieces:
        kept -= piece
        due = Cashback(rate_bp, on, cap, taken).due_won(kept)
        assert due >= 0
        taken += due

    assert taken == Cashback(rate_bp, on, cap).granted_won


def test_more_kept_than_paid_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="kept"):
        Cashback(500, 1_000).due_won(1_001)


def test_a_negative_amount_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        claw_back(due_won=-1, promo_won=0, refund_won=0, then=AfterPromo.DEDUCT)
