from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.payments.rules.coupons import CouponMinimum, Funder, by_funder
from jangteo.domains.payments.rules.matrix import Line, Matrix, Tender
from jangteo.domains.payments.rules.paid import Paid
from jangteo.domains.payments.rules.refunds import (
    Leg,
    Precedence,
    Quote,
    Terms,
    quote_amount,
    quote_line,
    quote_part,
    withhold,
    within_reach,
)
from jangteo.domains.payments.rules.refusals import NothingToRefund, RefundOverLeft
from jangteo.domains.payments.rules.tenders import KINDS, RefundTo, TenderKind
from jangteo.domains.payments.rules.tests.orders import DAY, paid, paid_orders

K = TenderKind
PLAIN = Terms(DAY)
terms = st.builds(
    Terms,
    day=st.just(DAY),
    first=st.sampled_from(Precedence),
    below_minimum=st.sampled_from(CouponMinimum),
)


def three_stalls() -> Paid:
    """Fish, side dishes and greens of stalls A, B and C, the middle one taxed."""
    every = frozenset("ABC")
    coupon = Tender("coupon", K.COUPON, 5_000, every)
    tenders = [
        *by_funder(coupon, [Funder("city", 6_000), Funder("stall", 4_000)]),
        Tender("points", K.POINTS, 1_234, every),
        Tender("card", K.CARD, 33_996, every),
    ]
    return paid([Line("A", 18_000), Line("B", 12_500), Line("C", 9_730)], tenders, frozenset("AC"))


def sums(legs: tuple[Leg, ...]) -> list[tuple[str, int, int]]:
    return [(leg.tender, leg.won, leg.tax_free_won) for leg in legs]


def test_scenario_12_refunding_one_stalls_line_gives_each_tender_exactly_its_row() -> None:
    order = three_stalls()

    quote = quote_line(order, "B", PLAIN)

    assert order.left == Matrix(
        ("A", "B", "C"),
        ("coupon#city", "coupon#stall", "points", "card"),
        ((1_342, 895, 552, 15_211), (932, 621, 384, 10_563), (726, 484, 298, 8_222)),
    )
    assert sums(quote.legs) == [
        ("card", 10_563, 0),
        ("coupon#city", 932, 0),
        ("coupon#stall", 621, 0),
        ("points", 384, 0),
    ]
    assert (quote.won, quote.customer_won) == (12_500, 10_947)
    assert quote.left.cells == ((1_342, 895, 552, 15_211), (0, 0, 0, 0), (726, 484, 298, 8_222))
    assert quote.left.tender_won("coupon#city") == 3_000 - 932


def test_scenario_13_a_line_in_seven_odd_parts_loses_no_won() -> None:
    every = frozenset({"fish", "banchan"})
    tenders = [
        Tender("local", K.LOCAL_CURRENCY, 7_001, frozenset({"fish"})),
        Tender("points", K.POINTS, 1_234, every),
        Tender("card", K.CARD, 24_122, every),
    ]
    order = paid([Line("fish", 23_457), Line("banchan", 8_900)], tenders, frozenset({"fish"}))
    steps = []
    for won in (3_333, 1, 4_567, 2_999, 7, 11_111, 1_439):
        quote = quote_part(order, "fish", won, PLAIN)
        steps.append(sums(quote.legs))
        order = replace(order, left=quote.left)

    assert steps == [
        [("local", 995, 995), ("card", 2_224, 2_224), ("points", 114, 114)],
        [("card", 1, 1)],
        [("local", 1_363, 1_363), ("card", 3_048, 3_048), ("points", 156, 156)],
        [("local", 895, 895), ("card", 2_002, 2_002), ("points", 102, 102)],
        [("local", 2, 2), ("card", 5, 5)],
        [("local", 3_316, 3_316), ("card", 7_415, 7_415), ("points", 380, 380)],
        [("local", 430, 430), ("card", 960, 960), ("points", 49, 49)],
    ]
    assert order.left.cells == ((0, 0, 0), (0, 433, 8_467))


def test_scenario_20_after_its_last_day_a_tender_goes_back_by_bank_transfer() -> None:
    order = three_stalls()
    columns = tuple(replace(one, refund_until=DAY if one.key == "card" else None) for one in order.columns)
    order = replace(order, columns=columns)

    ways = [quote_line(order, "B", Terms(DAY + timedelta(days))).legs[0].to for days in (0, 1)]

    assert ways == [RefundTo.SAME, RefundTo.ACCOUNT]


def test_scenario_23_every_leg_says_its_tax_free_part() -> None:
    quote = quote_amount(three_stalls(), 10_000, PLAIN)

    assert sums(quote.legs) == [
        ("card", 8_451, 5_825),
        ("coupon#city", 746, 514),
        ("coupon#stall", 497, 343),
        ("points", 306, 211),
    ]


@given(paid_orders(), st.data())
def test_any_sequence_of_refunds_gives_back_exactly_what_was_paid(order: Paid, data: st.DataObject) -> None:
    start = order
    sent: list[Leg] = []
    for _ in range(5):
        if not order.left.won:
            break
        quote = a_quote(order, data)
        check_step(order, quote)
        sent += quote.legs
        order = replace(order, left=quote.left)
    if order.left.won:
        sent += quote_amount(order, order.left.won, PLAIN).legs

    for column in start.columns:
        mine = [leg for leg in sent if leg.tender == column.key]
        assert sum(leg.won for leg in mine) == column.won
        assert sum(leg.tax_free_won for leg in mine) == start.tax_free_won(column.key)


def a_quote(order: Paid, data: st.DataObject) -> Quote:
    how = data.draw(terms)
    line = data.draw(st.sampled_from([line for line in order.left.lines if order.left.line_won(line)]))
    match data.draw(st.sampled_from(["line", "part", "order"])):
        case "line":
            return quote_line(order, line, how)
        case "part":
            return quote_part(order, line, data.draw(st.integers(1, order.left.line_won(line))), how)
        case _:
            return quote_amount(order, data.draw(st.integers(1, order.left.won)), how)


def check_step(order: Paid, quote: Quote) -> None:
    """Nothing negative, nothing above its cell, and the legs are what the matrix lost."""
    assert all(0 < won <= order.left.row(line)[key] for (line, key), won in quote.given.items())
    assert all(leg.won > 0 and 0 <= leg.tax_free_won <= leg.won for leg in quote.legs)
    assert sum(leg.won for leg in quote.legs) == quote.won == order.left.won - quote.left.won
    lost = {key: order.left.tender_won(key) - quote.left.tender_won(key) for key in order.left.tenders}
    assert {leg.tender: leg.won for leg in quote.legs} == {key: won for key, won in lost.items() if won}
    external = [KINDS[leg.kind].external for leg in quote.legs]
    assert external == sorted(external, reverse=True)


@given(paid_orders(), st.data())
def test_pro_rata_keeps_each_cell_within_a_won_of_its_share(order: Paid, data: st.DataObject) -> None:
    if not order.left.won:
        return
    won = data.draw(st.integers(1, order.left.won))

    quote = quote_amount(order, won, PLAIN)

    for line in order.left.lines:
        for key, cell in order.left.row(line).items():
            assert abs(quote.given.get((line, key), 0) * order.left.won - cell * won) < order.left.won


@given(paid_orders(), st.sampled_from([Precedence.CASH_LIKE_FIRST, Precedence.COUPON_FIRST]), st.data())
def test_a_named_policy_empties_one_kind_before_the_next(order: Paid, first: Precedence, data: st.DataObject) -> None:
    if not order.left.won:
        return
    quote = quote_amount(order, data.draw(st.integers(1, order.left.won)), Terms(DAY, first))

    freest = first is Precedence.CASH_LIKE_FIRST
    turn = sorted(order.columns, key=lambda column: KINDS[column.kind].freedom, reverse=freest)
    touched = [column for column in turn if any(key == column.key for _, key in quote.given)]
    for column in turn:
        if KINDS[column.kind].freedom not in {KINDS[touched[-1].kind].freedom}:
            is_before = turn.index(column) < turn.index(touched[-1])
            assert quote.left.tender_won(column.key) == (0 if is_before else column.won)


@given(paid_orders(), st.data())
def test_what_is_withheld_is_missing_from_the_customers_legs_and_no_others(order: Paid, data: st.DataObject) -> None:
    if not order.left.won:
        return
    quote = quote_amount(order, order.left.won, PLAIN)
    won = data.draw(st.integers(0, quote.customer_won))

    kept = withhold(quote, won)

    assert quote.customer_won - kept.customer_won == sum(leg.won for leg in kept.withheld) == won
    for leg in quote.legs:
        same = [one for one in (*kept.legs, *kept.withheld) if one.tender == leg.tender]
        assert sum(one.won for one in same) == leg.won
        assert sum(one.tax_free_won for one in same) == leg.tax_free_won
        assert all(0 <= one.tax_free_won <= one.won for one in same)


@given(paid_orders(), st.data())
def test_nothing_is_withheld_of_what_stalls_give_back_by_hand(order: Paid, data: st.DataObject) -> None:
    if not order.left.won:
        return
    quote = quote_amount(order, order.left.won, PLAIN)
    by_hand = frozenset(data.draw(st.sets(st.sampled_from([leg.tender for leg in quote.legs]))))
    won = data.draw(st.integers(0, within_reach(quote, by_hand)))

    kept = withhold(quote, won, by_hand)

    assert sum(leg.won for leg in kept.withheld) == won
    assert [leg for leg in kept.legs if leg.tender in by_hand] == [leg for leg in quote.legs if leg.tender in by_hand]
    with pytest.raises(RefundOverLeft):
        withhold(quote, within_reach(quote, by_hand) + 1, by_hand)


def test_a_part_of_a_paper_voucher_comes_back_as_money() -> None:
    line, only = [Line("fish", 10_000)], frozenset({"fish"})
    order = paid(line, [Tender("paper", K.ONNURI_PAPER, 10_000, only)])

    part = quote_part(order, "fish", 3_000, PLAIN)
    rest = quote_line(replace(order, left=part.left), "fish", PLAIN)

    assert quote_line(order, "fish", PLAIN).legs[0].to is RefundTo.STALL
    assert [part.legs[0].to, rest.legs[0].to] == [RefundTo.ACCOUNT, RefundTo.ACCOUNT]


def test_more_than_is_left_is_refused() -> None:
    order = three_stalls()

    with pytest.raises(RefundOverLeft) as of_line:
        quote_part(order, "B", 12_501, PLAIN)
    with pytest.raises(RefundOverLeft) as of_order:
        quote_amount(order, 40_231, PLAIN)
    with pytest.raises(RefundOverLeft) as of_refund:
        withhold(quote_line(order, "B", PLAIN), 10_948)

    assert of_line.value.facts == {"asked_won": 12_501, "left_won": 12_500}
    assert of_order.value.facts == {"asked_won": 40_231, "left_won": 40_230}
    assert of_refund.value.facts == {"asked_won": 10_948, "left_won": 10_947}


def test_nothing_and_less_cannot_be_refunded() -> None:
    order = three_stalls()
    emptied = replace(order, left=quote_line(order, "B", PLAIN).left)

    with pytest.raises(NothingToRefund):
        quote_line(emptied, "B", PLAIN)
    with pytest.raises(NothingToRefund):
        quote_amount(order, -1, PLAIN)


def test_columns_of_another_matrix_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="columns"):
        Paid((), three_stalls().left)


def test_a_coupon_without_a_name_is_a_mistake() -> None:
    order = three_stalls()
    with pytest.raises(ValueError, match="name"):
        Paid(tuple(replace(column, coupon="") for column in order.columns), order.left)
