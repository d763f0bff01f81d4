from __future__ import annotations

import pytest

from jangteo.faces._parts.words.counting import NO_BREAK, counted, native, spoken


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "한"),
        (2, "두"),
        (3, "세"),
        (4, "네"),
        (10, "열"),
        (11, "열한"),
        (20, "스무"),
        (21, "스물한"),
        (99, "아흔아홉"),
    ],
)
def test_small_numbers_are_native_korean(number: int, words: str) -> None:
    assert native(number) == words


@pytest.mark.parametrize("number", [0, 100, 250])
def test_numbers_without_a_native_word_stay_digits(number: int) -> None:
    assert native(number) == str(number)


@pytest.mark.parametrize(
    ("unit", "quantity", "written"),
    [
        ("1손", 1, "고등어 1손"),
        ("1마리", 2, "고등어 2마리"),
        ("한 단", 2, "고등어 두 단"),
        ("3마리", 2, "고등어 3마리 × 2"),
        ("한 근 600g", 2, "고등어 한 근 600g × 2"),
        ("300g", 3, "고등어 300g × 3"),
        ("소주병 1병", 2, "고등어 소주병 1병 × 2"),
    ],
)
def test_the_ticket_counts_in_units(unit: str, quantity: int, written: str) -> None:
    assert counted("고등어", unit, quantity).replace(NO_BREAK, " ") == written


@pytest.mark.parametrize(
    ("unit", "quantity", "said"),
    [
        ("1손", 1, "갈치 한 손"),
        ("1마리", 2, "갈치 두 마리"),
        ("한 단", 20, "갈치 스무 단"),
        ("한 근 600g", 2, "갈치 두 근"),
        ("한 소쿠리 1kg", 1, "갈치 한 소쿠리"),
        ("3마리", 1, "갈치 세 마리"),
        ("3마리", 2, "갈치 세 마리씩 두 묶음"),
        ("한 두름 20마리", 1, "갈치 한 두름"),
        ("2인분", 1, "갈치 2인분"),
        ("1인분", 3, "갈치 3인분"),
        ("300g", 2, "갈치 600그램"),
        ("1.5kg", 3, "갈치 4.5킬로"),
        ("0.5kg", 1, "갈치 0.5킬로"),
        ("1.5kg", 2, "갈치 3킬로"),
        ("소주병 1병", 1, "갈치 소주병 1병"),
        ("소주병 1병", 2, "갈치 소주병 1병, 두 개"),
    ],
)
def test_the_phone_says_what_people_say(unit: str, quantity: int, said: str) -> None:
    assert spoken("갈치", unit, quantity) == said
