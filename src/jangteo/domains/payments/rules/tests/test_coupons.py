from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.payments.rules.coupons import CouponMinimum, Funder, Move, by_funder
from jangteo.domains.payments.rules.matrix import Line, Tender
from jangteo.domains.payments.rules.paid import Paid
from jangteo.domains.payments.rules.refunds import Quote, Terms, quote_line
from jangteo.domains.payments.rules.tenders import RefundTo, TenderKind
from jangteo.domains.payments.rules.tests.orders import DAY, paid, paid_orders

K = TenderKind
REPRICE = Terms(DAY, below_minimum=CouponMinimum.REPRICE)
KEEP = Terms(DAY)


def order(*, needs_won: int, exempt: frozenset[str] = frozenset()) -> Paid:
    both = frozenset({"fish", "squid"})
    lines = [Line("fish", 20_000), Line("squid", 10_000)]
    tenders = [Tender("coupon", K.COUPON, 3_000, both), Tender("card", K.CARD, 27_000, both)]
    return paid(lines, tenders, exempt, needs_won=needs_won)


def legs(quote: Quote) -> dict[str, int]:
    return {leg.tender: leg.won for leg in quote.legs}


def test_a_kept_coupon_stays_on_the_rest() -> None:
    quote = quote_line(order(needs_won=30_000), "fish", KEEP)

    assert legs(quote) == {"card": 18_000, "coupon": 2_000}
    assert (quote.moves, quote.coupons_back) == ((), ())
    assert quote.left.row("squid") == {"coupon": 1_000, "card": 9_000}


def test_a_repriced_coupon_is_paid_by_the_refund_and_comes_back() -> None:
    quote = quote_line(order(needs_won=30_000), "fish", REPRICE)

    assert legs(quote) == {"card": 17_000, "coupon": 3_000}
    assert quote.moves == (Move("squid", "coupon", "card", 1_000),)
    assert quote.left.row("squid") == {"coupon": 0, "card": 10_000}
    assert (quote.customer_won, quote.coupons_back) == (17_000, ("coupon",))


def test_a_coupon_whose_minimum_is_still_reached_stays() -> None:
    assert quote_line(order(needs_won=10_000), "fish", REPRICE).moves == ()


def test_money_of_exempt_goods_does_not_replace_a_coupon_on_taxed_ones() -> None:
    quote = quote_line(order(needs_won=30_000, exempt=frozenset({"fish"})), "fish", REPRICE)

    assert legs(quote) == {"card": 18_000, "coupon": 2_000}


def test_a_voucher_does_not_replace_a_coupon_on_goods_it_is_not_for() -> None:
    both = frozenset({"fish", "squid"})
    lines = [Line("fish", 20_000), Line("squid", 10_000)]
    tenders = [
        Tender("coupon", K.COUPON, 3_000, both),
        Tender("paper", K.ONNURI_PAPER, 18_000, frozenset({"fish"})),
        Tender("card", K.CARD, 9_000, both),
    ]

    quote = quote_line(paid(lines, tenders, needs_won=30_000), "fish", REPRICE)

    assert {move.tender for move in quote.moves} <= {"card"}


def test_a_coupon_of_two_funders_comes_back_once() -> None:
    both = frozenset({"fish", "squid"})
    shares = by_funder(Tender("coupon", K.COUPON, 3_000, both), [Funder("city", 6_000), Funder("stall", 4_000)])
    lines = [Line("fish", 20_000), Line("squid", 10_000)]
    first = paid(lines, [*shares, Tender("card", K.CARD, 27_000, both)])

    half = quote_line(first, "fish", KEEP)
    rest = quote_line(replace(first, left=half.left), "squid", KEEP)

    assert (half.coupons_back, rest.coupons_back) == ((), ("coupon",))
    assert {leg.to for leg in rest.legs if leg.tender != "card"} == {RefundTo.FUNDER}


@given(st.integers(0, 100_000), st.lists(st.integers(1, 99), min_size=1, max_size=4))
def test_funders_shares_come_to_the_coupon(won: int, weights: list[int]) -> None:
    shares = [weight * 10_000 // sum(weights) for weight in weights[1:]]
    funders = [Funder("first", 10_000 - sum(shares)), *(Funder(f"next{n}", bp) for n, bp in enumerate(shares))]

    parts = by_funder(Tender("coupon", K.COUPON, won, frozenset({"fish"})), funders)

    assert sum(part.won for part in parts) == won
    assert all(abs(part.won * 10_000 - won * one.share_bp) < 10_000 for part, one in zip(parts, funders, strict=True))


def test_shares_that_do_not_make_a_whole_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="whole"):
        by_funder(Tender("coupon", K.COUPON, 1, frozenset()), [Funder("city", 9_999)])


@given(paid_orders(), st.data())
def test_repricing_leaves_every_kept_line_paid_and_never_asks_for_money(order: Paid, data: st.DataObject) -> None:
    lines = [line for line in order.left.lines if order.left.line_won(line)]
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))

    kept, repriced = quote_line(order, line, KEEP), quote_line(order, line, REPRICE)

    assert [sum(row) for row in repriced.left.cells] == [sum(row) for row in kept.left.cells]
    assert 0 <= repriced.customer_won <= kept.customer_won
    assert kept.customer_won - repriced.customer_won == sum(move.won for move in repriced.moves)
    assert all(move.won > 0 and move.line in order.column(move.tender).lines for move in repriced.moves)
    for column in order.columns:
        before, after = order.tax_free_won(column.key), replace(order, left=repriced.left).tax_free_won(column.key)
        assert before - after == sum(leg.tax_free_won for leg in repriced.legs if leg.tender == column.key)
