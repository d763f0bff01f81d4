from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.catalog.hangul import INITIALS, initials, initials_query, is_initials_query, jamo, tidy

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("고등어", "ㄱㅗㄷㅡㅇㅇㅓ"),
        ("값 1단", "ㄱㅏㅂㅅ 1ㄷㅏㄴ"),
        ("과자", "ㄱㅗㅏㅈㅏ"),
        ("닭", "ㄷㅏㄹㄱ"),
        ("Tofu  2모!", "tofu 2ㅁㅗ"),
        ("ㄱㄷㅇ", "ㄱㄷㅇ"),
        ("", ""),
    ],
)
def test_syllables_are_taken_apart_in_typing_order(text: str, letters: str) -> None:
    assert jamo(text) == letters


@pytest.mark.parametrize(("text", "firsts"), [("고등어 1손", "ㄱㄷㅇ1ㅅ"), ("깐 마늘", "ㄲㅁㄴ"), ("LA갈비", "laㄱㅂ")])
def test_initials_of_a_name(text: str, firsts: str) -> None:
    assert initials(text) == firsts


@pytest.mark.parametrize(
    ("text", "answer"),
    [("ㄱㄷㅇ", True), ("ㄳ", True), ("ㄱ ㄷ", True), ("ㄱ", False), ("고ㄷ", False), ("ㅏ", False)],
)
def test_an_initials_query_has_two_consonants_and_nothing_else(text: str, answer: bool) -> None:
    assert is_initials_query(text) is answer


def test_a_joined_pair_of_consonants_is_two_initials() -> None:
    assert initials_query("ㄳㅊ") == "ㄱㅅㅊ"


@given(SYLLABLES)
def test_no_syllable_is_left_whole(text: str) -> None:
    assert all(not 0xAC00 <= ord(c) <= 0xD7A3 for c in jamo(text))


@given(SYLLABLES)
def test_one_initial_for_each_syllable(text: str) -> None:
    firsts = initials(text)

    assert len(firsts) == len(text)
    assert set(firsts) <= set(INITIALS)


@given(SYLLABLES, st.integers(0, 12))
def test_a_half_typed_word_is_a_beginning_of_the_word(text: str, typed: int) -> None:
    assert jamo(text).startswith(jamo(text[:typed]))


@given(st.text(max_size=40))
def test_decomposed_text_is_the_same_text(text: str) -> None:
    assert jamo(unicodedata.normalize("NFD", text)) == jamo(unicodedata.normalize("NFC", text))


@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
