from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from jangteo.kernel.ids import check_digit, drawn_from, has_check_digit, new_token, token_digest

fives = st.text("0123456789", min_size=5, max_size=5)


def test_tokens_differ_and_their_digests_say_nothing_of_them() -> None:
    first, second = new_token(), new_token()
    assert first != second
    assert len(token_digest(first)) == 64
    assert first not in token_digest(first)


def test_no_token_can_be_taken_for_an_option_of_a_command() -> None:
    with drawn_from(random.Random(1)):
        drawn = {new_token() for _ in range(2_000)}

    assert len(drawn) == 2_000
    assert not [token for token in drawn if token.startswith("-")]


def test_tokens_repeat_with_a_seed_only_where_they_are_told_to() -> None:
    def drawn() -> list[str]:
        with drawn_from(random.Random(7)):
            return [new_token() for _ in range(3)]

    assert drawn() == drawn()
    assert {len(token) for token in drawn()} == {22}
    assert not {new_token(), new_token()} & set(drawn())


@given(fives, st.integers(0, 5), st.integers(1, 9))
def test_one_mistyped_digit_is_always_caught(digits: str, place: int, off: int) -> None:
    number = digits + check_digit(digits)
    wrong = number[:place] + str((int(number[place]) + off) % 10) + number[place + 1 :]
    assert has_check_digit(number)
    assert not has_check_digit(wrong)


def test_letters_are_no_number() -> None:
    assert not has_check_digit("12a456")
    assert not has_check_digit("")
