from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.payments.rules.vat import TaxedLine, TaxStatus, order_vat, vat_in

lines = st.lists(
    st.builds(
        TaxedLine,
        key=st.just("line"),
        stall=st.sampled_from("ABC"),
        status=st.just(TaxStatus.GENERAL),
        won=st.integers(0, 100_000),
        taxable=st.booleans(),
    ),
    max_size=6,
)


def line(stall: str, won: int, *, taxable: bool = True, status: TaxStatus = TaxStatus.GENERAL) -> TaxedLine:
    return TaxedLine(f"{stall}{won}", stall, status, won, taxable)


@pytest.mark.parametrize(("won", "vat"), [(0, 0), (5, 0), (6, 1), (11, 1), (30_000, 2_727), (10_000, 909), (16, 1)])
def test_vat_is_what_ten_elevenths_leave(won: int, vat: int) -> None:
    assert vat_in(won) == vat


@given(st.integers(0, 10**9))
def test_vat_is_a_tenth_of_the_supply_to_half_a_won(won: int) -> None:
    assert abs(Fraction(won, 11) - vat_in(won)) <= Fraction(1, 2)


@given(lines)
def test_lines_and_stalls_each_come_to_the_orders_vat(order: list[TaxedLine]) -> None:
    vat = order_vat(order)

    assert sum(vat.lines) == vat.won == vat_in(sum(one.won for one in order if one.taxable))
    assert sum(part or 0 for part in vat.stalls.values()) == vat.won
    assert vat.tax_free_won == sum(one.won for one in order if not one.taxable)


@given(lines)
def test_a_line_is_within_a_won_and_a_half_of_its_own_vat(order: list[TaxedLine]) -> None:
    vat = order_vat(order)

    for one, part in zip(order, vat.lines, strict=True):
        assert 0 <= part <= one.won
        assert abs(part - Fraction(one.won * one.taxable, 11)) < Fraction(3, 2)


def test_only_stalls_of_general_taxation_show_vat() -> None:
    vat = order_vat(
        [
            line("banchan", 10_000),
            line("banchan", 5_000, taxable=False),
            line("small", 20_000, status=TaxStatus.SIMPLIFIED),
            line("fish", 30_000, taxable=False),
            line("farmer", 7_000, status=TaxStatus.EXEMPT),
        ]
    )

    assert vat.won == 2_727
    assert vat.tax_free_won == 42_000
    assert vat.lines == (909, 0, 1_818, 0, 0)
    assert vat.stalls == {"banchan": 909, "small": None, "fish": None, "farmer": None}


def test_a_taxable_gift_shows_a_vat_of_zero() -> None:
    assert order_vat([line("banchan", 0)]).stalls == {"banchan": 0}


def test_a_negative_line_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        order_vat([line("banchan", -1)])
