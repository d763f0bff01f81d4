"""What every statement is, whatever was sold, refunded and settled when."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.settlement.bills import Before, Is, Move, Rates, Share, bill, gateway_fee

CARD, CITY, OWN = Share("card", "clear:toss"), Share("coupon", "subsidy:city"), Share("coupon", "discount:stall:7")
CASH = Share("cash", "cash:stall:7:till")
PAID_AHEAD = st.dictionaries(st.sampled_from([CARD, CITY]), st.integers(1, 99_999), min_size=1)
SALES = st.builds(Move, st.just(Is.SOLD), st.integers(1, 999_999), PAID_AHEAD)
RATES = st.builds(Rates, st.integers(0, 3_000), st.one_of(st.none(), st.integers(0, 500)))


@st.composite
def periods(draw: st.DrawFn) -> list[list[Move]]:
    """Periods of sales; every sale may be refunded in parts in its own period or in any later one."""
    count = draw(st.integers(1, 4))
    made: list[list[Move]] = [[] for _ in range(count)]
    for at in range(count):
        for sale in draw(st.lists(SALES, max_size=4)):
            made[at].append(sale)
            left = sale.won
            for _ in range(draw(st.integers(0, 3))):
                won = draw(st.integers(0, left))
                left -= won
                if won:
                    late = draw(st.integers(at, count - 1))
                    made[late].append(Move(Is.BACK, -won, sale.weights, was_paid_out=late > at))
    return made


@given(periods(), RATES)
def test_what_stalls_are_paid_is_what_was_captured_less_what_was_refunded(made: list[list[Move]], rates: Rates) -> None:
    owes, paid, fees, moved = 0, 0, 0, 0
    for moves in made:
        one = bill(moves, rates, Before(owes_won=owes)).statement
        assert one.payout_won >= 0
        assert 0 in (one.payout_won, one.carried_out_won)
        owes, paid, fees = one.carried_out_won, paid + one.payout_won, fees + one.deductions_won
        moved += won(moves)

    assert paid - owes + fees == moved


@given(st.lists(SALES, max_size=6), st.integers(0, 99_999), st.integers(0, 99_999))
def test_nothing_owed_or_left_is_lost(sales: list[Move], owes: int, left: int) -> None:
    one = bill(sales, Rates(), Before(owes, left)).statement

    assert one.payout_won - one.carried_out_won == won(sales) + left - owes


@given(st.integers(-999_999, 999_999), st.integers(0, 10_000))
def test_a_gateways_fee_and_its_return_cancel_out(amount: int, fee_bp: int) -> None:
    assert gateway_fee(amount, fee_bp) == -gateway_fee(-amount, fee_bp)


def test_money_in_the_stalls_hand_is_sold_and_not_paid() -> None:
    moves = [Move(Is.SOLD, 2_500, {CASH: 1}), Move(Is.DIRECT, -2_500, {}), Move(Is.SOLD, 1_000, {CARD: 1})]

    one = bill(moves, Rates(), Before())

    assert (one.statement.sales_won, one.statement.direct_won, one.statement.payout_won) == (3_500, 2_500, 1_000)
    assert one.sources == {"clear:toss": 1_000}


def test_a_coupon_of_the_stalls_own_lowers_what_it_takes() -> None:
    one = bill([Move(Is.SOLD, 10_000, {CARD: 9, OWN: 1})], Rates(), Before()).statement

    assert (one.sales_won, one.own_coupons_won, one.payout_won) == (10_000, 1_000, 9_000)


def test_a_fee_is_taken_of_the_whole_and_vat_of_the_fee() -> None:
    one = bill([Move(Is.SOLD, 39_100, {CARD: 1})], Rates(gateway_fee_bp=200), Before())

    assert one.statement.gateway_fee_won == 860
    assert one.at_gateways_won == 38_240


def won(moves: Iterable[Move]) -> int:
    return sum(move.won for move in moves)
