from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.payments.rules.matrix import Line, Matrix, Tender, allocate, payment_groups
from jangteo.domains.payments.rules.refusals import SumsDiffer, TenderDoesNotFit, TenderPaysWholeLines
from jangteo.domains.payments.rules.tenders import TenderKind, excluded_by
from jangteo.domains.payments.rules.tests.orders import baskets

K = TenderKind
ONLY = excluded_by(K.ONNURI_DIGITAL)


def tender(key: str, kind: TenderKind, won: int, lines: str, excludes: frozenset[TenderKind] = frozenset()) -> Tender:
    return Tender(key, kind, won, frozenset(lines), excludes)


@given(baskets())
def test_rows_come_to_the_lines_and_columns_to_the_tenders(basket: tuple[list[Line], list[Tender]]) -> None:
    lines, tenders = basket

    matrix = allocate(lines, tenders).matrix

    assert [matrix.line_won(line.key) for line in lines] == [line.won for line in lines]
    assert [matrix.tender_won(one.key) for one in tenders] == [one.won for one in tenders]


@given(baskets())
def test_a_tender_pays_only_its_own_lines(basket: tuple[list[Line], list[Tender]]) -> None:
    lines, tenders = basket

    matrix = allocate(lines, tenders).matrix

    for one in tenders:
        assert matrix.tender_won(one.key, one.lines) == one.won


@given(baskets())
def test_every_tender_is_in_one_group_with_one_outside_system_at_most(basket: tuple[list[Line], list[Tender]]) -> None:
    lines, tenders = basket

    groups = allocate(lines, tenders).groups

    external = {one.key for one in tenders if one.kind in (K.CARD, K.LOCAL_CURRENCY)}
    assert sorted(key for group in groups for key in group) == sorted(one.key for one in tenders if one.won)
    assert all(len(external & set(group)) <= 1 and not external & set(group[:-1]) for group in groups)


@st.composite
def standing_alone(draw: st.DrawFn) -> tuple[list[Line], list[Tender]]:
    """An exclusive voucher that comes to some whole lines, and a card for the others; the voucher may pay more."""
    amounts = draw(st.lists(st.integers(1, 40), min_size=2, max_size=7))
    lines = [Line(f"line{n}", won) for n, won in enumerate(amounts)]
    mine = draw(st.sets(st.sampled_from(lines), min_size=1))
    more = draw(st.sets(st.sampled_from(lines)))
    won = sum(line.won for line in mine)
    voucher = Tender("voucher", K.ONNURI_DIGITAL, won, frozenset(line.key for line in mine | more), ONLY)
    card = Tender("card", K.CARD, sum(amounts) - won, frozenset(line.key for line in lines))
    return lines, [card, voucher]


@given(standing_alone())
def test_an_exclusive_tender_shares_no_line(basket: tuple[list[Line], list[Tender]]) -> None:
    lines, tenders = basket

    allocation = allocate(lines, tenders)

    assert all(min(row) == 0 for row in allocation.matrix.cells)
    assert allocation.matrix.tender_won("voucher") == tenders[1].won
    assert allocation.groups == (("voucher",), ("card",)) if tenders[0].won else (("voucher",),)


def test_the_narrowest_tender_goes_first_and_is_split_by_what_is_open() -> None:
    lines = [Line("a", 3_000), Line("b", 2_000), Line("c", 1_000)]
    tenders = [tender("card", K.CARD, 3_667, "abc"), tender("local", K.LOCAL_CURRENCY, 2_333, "ab")]

    assert allocate(lines, tenders).matrix == Matrix(
        ("a", "b", "c"), ("card", "local"), ((1_600, 1_400), (1_067, 933), (1_000, 0))
    )


def test_a_flow_finds_what_proportion_misses() -> None:
    lines = [Line("a", 100), Line("b", 100), Line("c", 100)]
    tenders = [
        tender("points", K.POINTS, 100, "ab"),
        tender("card", K.CARD, 100, "ac"),
        tender("cash", K.CASH, 100, "ac"),
    ]

    assert allocate(lines, tenders).matrix.cells == ((0, 0, 100), (100, 0, 0), (0, 100, 0))


def test_a_line_of_nothing_has_an_empty_row() -> None:
    lines = [Line("a", 0), Line("b", 10)]
    tenders = [tender("card", K.CARD, 10, "ab"), tender("points", K.POINTS, 0, "ab")]

    assert allocate(lines, tenders).matrix.cells == ((0, 0), (10, 0))


def test_an_order_of_nothing_needs_no_payment() -> None:
    allocation = allocate([Line("a", 0)], [])

    assert (allocation.matrix.cells, allocation.groups) == (((),), ())


def test_other_sums_are_refused() -> None:
    with pytest.raises(SumsDiffer) as refused:
        allocate([Line("a", 100)], [tender("card", K.CARD, 99, "a")])

    assert refused.value.facts == {"lines_won": 100, "tenders_won": 99}


def test_a_tender_that_is_too_much_for_its_goods_is_named() -> None:
    lines = [Line("a", 5_000), Line("b", 10_000)]

    with pytest.raises(TenderDoesNotFit) as refused:
        allocate(lines, [tender("card", K.CARD, 5_000, "ab"), tender("paper", K.ONNURI_PAPER, 10_000, "a")])

    assert refused.value.facts == {"tender": "paper", "won": 10_000, "over_won": 5_000}


def test_an_exclusive_tender_that_would_cut_a_line_is_named() -> None:
    lines = [Line("a", 5_000), Line("b", 10_000)]

    with pytest.raises(TenderPaysWholeLines) as refused:
        allocate(lines, [tender("card", K.CARD, 8_000, "ab"), tender("voucher", K.ONNURI_DIGITAL, 7_000, "ab", ONLY)])

    assert refused.value.facts == {"tender": "voucher", "won": 7_000}


def test_an_exclusive_tender_mixes_with_what_it_does_not_exclude() -> None:
    not_cards = frozenset({K.CARD, K.EASY_PAY})
    tenders = [tender("voucher", K.ONNURI_DIGITAL, 7_000, "a", not_cards), tender("points", K.POINTS, 3_000, "a")]

    allocation = allocate([Line("a", 10_000)], tenders)

    assert allocation.matrix.row("a") == {"voucher": 7_000, "points": 3_000}
    assert allocation.groups == (("points", "voucher"),)


def test_two_outside_systems_are_two_payments() -> None:
    tenders = [
        tender("card", K.CARD, 1, "a"),
        tender("points", K.POINTS, 1, "a"),
        tender("local", K.LOCAL_CURRENCY, 1, "a"),
    ]

    assert payment_groups(tenders) == (("points", "card"), ("local",))


def test_another_choice_of_whole_lines_is_tried_when_the_first_leaves_no_room() -> None:
    lines = [Line("a", 500), Line("b", 500)]
    tenders = [tender("voucher", K.ONNURI_DIGITAL, 500, "ab", ONLY), tender("paper", K.ONNURI_PAPER, 500, "a")]

    assert allocate(lines, tenders).matrix.cells == ((0, 500), (500, 0))


@pytest.mark.parametrize(("lines", "tenders"), [([-1], [-1]), ([0], [-1, 1])])
def test_a_negative_amount_is_a_mistake(lines: list[int], tenders: list[int]) -> None:
    with pytest.raises(ValueError, match="negative"):
        allocate([Line("a", won) for won in lines], [tender(f"t{won}", K.CASH, won, "a") for won in tenders])


def test_two_exclusive_tenders_that_do_not_come_out_are_refused_at_once() -> None:
    lines = [Line(f"line{n}", 100) for n in range(40)]
    every = frozenset(line.key for line in lines)
    tenders = [
        Tender("voucher", K.ONNURI_DIGITAL, 2_000, every, ONLY),
        Tender("local", K.LOCAL_CURRENCY, 1_950, every, frozenset({K.ONNURI_DIGITAL})),
        Tender("card", K.CARD, 50, every),
    ]

    with pytest.raises(TenderPaysWholeLines):
        allocate(lines, tenders)
