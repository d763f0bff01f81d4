from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.settlement.rules import STALL, Sold, Statement, Terms, batch_fee, fee_vat, funders_owe, statement

FUNDERS = (STALL, "association", "municipality", "platform")
TENDERS = ("card", "cash", "onnuri", "points")
won = st.integers(0, 300_000)
sale = st.builds(
    Sold,
    tenders=st.dictionaries(st.sampled_from(TENDERS), won, min_size=1),
    coupons=st.dictionaries(st.sampled_from(FUNDERS), won),
)
bp = st.integers(0, 3_000)
terms = st.builds(
    Terms,
    fee_bp=bp,
    tender_bp=st.dictionaries(st.sampled_from(TENDERS), bp),
    direct=st.frozensets(st.sampled_from(("cash", "onnuri"))),
)


def refund(line: Sold, *, paid_out: bool = False) -> Sold:
    return Sold(
        tenders={tender: -amount for tender, amount in line.tenders.items()},
        coupons={funder: -amount for funder, amount in line.coupons.items()},
        was_paid_out=paid_out,
    )


lines = st.lists(st.one_of(sale, sale.map(refund)), max_size=8)


def test_a_statement_shows_every_won() -> None:
    sold = [
        Sold({"card": 17_000}, {STALL: 1_000, "municipality": 2_000}),
        Sold({"cash": 5_000}),
        Sold({"card": 4_990, "points": 1_234}),
        refund(Sold({"card": 4_990, "points": 1_234})),
    ]

    made = statement(sold, Terms(fee_bp=250, direct=frozenset({"cash"})), carried_in_won=700, gateway_fee_won=510)

    assert made == Statement(
        sales_won=31_224,
        refunds_won=6_224,
        refunds_after_payout_won=0,
        tenders={"card": 17_000, "cash": 5_000, "points": 0},
        coupons={"municipality": 2_000, STALL: 1_000},
        direct_won=5_000,
        fee_won=600,
        fee_vat_won=60,
        gateway_fee_won=510,
        carried_in_won=700,
    )
    assert (made.own_coupons_won, made.funded_won, made.deductions_won) == (1_000, 2_000, 1_170)
    assert (made.earned_won, made.payout_won, made.carried_out_won) == (17_830, 17_130, 0)


def test_the_fee_is_rounded_down_once_for_the_batch() -> None:
    small = [Sold({"card": 1_990})] * 100

    made = statement(small, Terms(fee_bp=77))

    assert (made.fee_won, made.fee_vat_won) == (1_532, 153)
    assert sum(batch_fee(one.tenders, 0, Terms(fee_bp=77)) for one in small) == 1_500


def test_tenders_have_their_own_fees_and_share_one_rounding() -> None:
    assert batch_fee({"card": 50, "onnuri": 50}, 0, Terms(fee_bp=100, tender_bp={"onnuri": 150})) == 1
    assert batch_fee({"card": 50, "onnuri": 49}, 0, Terms(fee_bp=100, tender_bp={"onnuri": 0})) == 0


def test_a_fee_of_860_bears_86_of_vat() -> None:
    assert [fee_vat(fee) for fee in (0, 9, 782, 869, -869)] == [0, 0, 78, 86, -86]


def test_a_refund_after_the_payout_is_carried_and_netted_next_time() -> None:
    sold = Sold({"card": 30_000})
    paid = statement([sold], Terms(fee_bp=200))

    after = statement([refund(sold, paid_out=True), Sold({"card": 10_000})], Terms(fee_bp=200))
    later = statement([Sold({"card": 50_000})], Terms(fee_bp=200), carried_in_won=after.carried_out_won)

    assert paid.payout_won == 29_340
    assert (after.payout_won, after.carried_out_won, after.refunds_after_payout_won) == (0, 19_560, 30_000)
    assert (later.payout_won, later.carried_out_won) == (48_900 - 19_560, 0)


def test_a_stall_that_sells_for_cash_owes_its_fee() -> None:
    made = statement([Sold({"cash": 40_000})], Terms(fee_bp=100, direct=frozenset({"cash"})))

    assert (made.earned_won, made.payout_won, made.carried_out_won) == (-440, 0, 440)


def test_funders_owe_their_coupons_and_the_stall_owes_nobody() -> None:
    first = statement([Sold({"card": 1}, {"municipality": 3_000, STALL: 2_000})], Terms())
    second = statement([Sold({"card": 1}, {"municipality": 500, "association": 70})], Terms())

    assert funders_owe([first, second]) == {"association": 70, "municipality": 3_500}


@pytest.mark.parametrize("wrong", [-1, 10_001])
def test_a_fee_outside_of_its_bounds_is_a_mistake(wrong: int) -> None:
    with pytest.raises(ValueError, match="basis points"):
        Terms(fee_bp=wrong)
    with pytest.raises(ValueError, match="basis points"):
        Terms(tender_bp={"card": wrong})


def test_a_line_that_is_half_a_refund_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="not both"):
        Sold({"card": 100, "points": -1})


def test_nobody_carries_a_credit() -> None:
    with pytest.raises(ValueError, match="debt"):
        statement([], Terms(), carried_in_won=-1)


@given(st.lists(lines, max_size=5), terms)
def test_over_any_periods_payouts_and_the_last_debt_are_what_was_earned(periods: list[list[Sold]], on: Terms) -> None:
    carried, paid, earned = 0, 0, 0
    for period in periods:
        made = statement(period, on, carried_in_won=carried)
        assert made.payout_won >= 0
        assert made.carried_out_won >= 0
        assert made.payout_won == 0 or made.carried_out_won == 0
        carried, paid, earned = made.carried_out_won, paid + made.payout_won, earned + made.earned_won
    assert paid - carried == earned


@given(lines, terms, st.integers(0, 20_000))
def test_what_was_paid_and_not_refunded_is_all_accounted_for(sold: list[Sold], on: Terms, gateway_fee: int) -> None:
    made = statement(sold, on, gateway_fee_won=gateway_fee)

    captured = sum(amount for line in sold for amount in line.tenders.values())
    assert captured + made.funded_won == made.direct_won + made.deductions_won + made.earned_won
    assert made.sales_won - made.refunds_won == captured + made.funded_won + made.own_coupons_won
    assert made.sales_won - made.refunds_won == sum(line.takings_won for line in sold) + made.own_coupons_won


@given(st.lists(sale, max_size=8), terms)
def test_a_batch_and_its_whole_refund_cost_nothing(sold: list[Sold], on: Terms) -> None:
    there, back = statement(sold, on), statement([refund(line) for line in sold], on)

    assert (there.fee_won + back.fee_won, there.fee_vat_won + back.fee_vat_won) == (0, 0)
    assert there.earned_won + back.earned_won == 0


@given(st.lists(sale, max_size=8), terms)
def test_rounding_once_moves_a_batch_by_less_than_a_won_a_line(sold: list[Sold], on: Terms) -> None:
    whole = statement(sold, on).fee_won
    single = sum(statement([line], on).fee_won for line in sold)

    assert single <= whole <= single + max(len(sold) - 1, 0)
