from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.catalog.hangul import jamo
from jangteo.domains.catalog.rules import allowed_slips, slips_within

LETTERS = st.text("ㄱㄴㄷㅏㅓㅗ ", max_size=10)


@pytest.mark.parametrize(
    ("typed", "name", "slips"),
    [
        ("고등어", "고등어", 0),
        ("등어", "자반고등어", 0),
        ("떡볶기", "떡볶이", 1),
        ("고등아", "고등어 한 손", 1),
        ("시금지", "시금치", 1),
        ("두뷰", "두부", 1),
        ("자동차", "고등어", 5),
    ],
)
def test_slips_are_counted_in_letters(typed: str, name: str, slips: int) -> None:
    assert slips_within(jamo(typed), jamo(name)) == slips


@pytest.mark.parametrize(("letters", "allowed"), [("ㄱㅏㅂ", 0), ("ㄷㅜㅂㅠ", 1), ("ㄱ" * 8, 1), ("ㄱ" * 9, 2)])
def test_longer_words_may_have_more_slips(letters: str, allowed: int) -> None:
    assert allowed_slips(letters) == allowed


@given(LETTERS, LETTERS, LETTERS)
def test_a_part_of_a_text_has_no_slips(before: str, part: str, after: str) -> None:
    assert slips_within(part, before + part + after) == 0


@given(LETTERS, LETTERS)
def test_never_more_slips_than_letters(wanted: str, text: str) -> None:
    assert 0 <= slips_within(wanted, text) <= len(wanted)
