from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.national.cycles import is_known_type, read_cycle

DAILY = Cycle(daily=True)


@pytest.mark.parametrize(
    ("cycle_text", "type_text", "cycle"),
    [
        ("매일", "상설장", DAILY),
        ("상설", "", DAILY),
        ("상설장", "상설장", DAILY),
        ("2일+7일", "5일장", Cycle(False, (2, 7))),
        ("1일+6일", "5일장", Cycle(False, (1, 6))),
        ("5일+10일", "5일장", Cycle(False, (0, 5))),
        ("10일+5일", "5일장", Cycle(False, (0, 5))),
        ("2일+4일+7일+9일", "5일장", Cycle(False, (2, 4, 7, 9))),
        ("3일+8일", "상설장+5일장", Cycle(True, (3, 8))),
        ("상설장+2일+7일", "", Cycle(True, (2, 7))),
        ("매일+2일+7일", "상설장+5일장", Cycle(True, (2, 7))),
        ("5일장(4,9)", "5일장", Cycle(False, (4, 9))),
        ("4, 9일", "정기시장", Cycle(False, (4, 9))),
        ("２일 ＋ ７일", "오일장", Cycle(False, (2, 7))),
        ("2일+7일", "전통시장", Cycle(False, (2, 7))),
    ],
)
def test_cycle_that_says_enough_is_read(cycle_text: str, type_text: str, cycle: Cycle) -> None:
    read = read_cycle(cycle_text, type_text)

    assert (read.cycle, read.problem) == (cycle, None)


@pytest.mark.parametrize(
    ("cycle_text", "type_text", "problem"),
    [
        ("매일+6일", "5일장", "cycle_damaged"),
        ("매일+6일", "상설장+5일장", "cycle_damaged"),
        ("매일+2일+7일+4일", "", "cycle_damaged"),
        ("6일", "5일장", "cycle_not_pairs"),
        ("2일+5일", "5일장", "cycle_not_pairs"),
        ("매주 토요일", "", "cycle_unreadable"),
        ("12일+17일", "5일장", "cycle_unreadable"),
        ("0일+5일", "5일장", "cycle_unreadable"),
        ("매일", "5일장", "cycle_contradicts_type"),
        ("2일+7일", "상설장", "cycle_contradicts_type"),
        ("5일장", "5일장", "cycle_digits_missing"),
        ("", "5일장", "cycle_blank"),
        ("", "", "cycle_blank"),
    ],
)
def test_cycle_that_is_damaged_or_unclear_stays_unknown(cycle_text: str, type_text: str, problem: str) -> None:
    read = read_cycle(cycle_text, type_text)

    assert (read.cycle, read.problem) == (None, problem)


@pytest.mark.parametrize(
    ("cycle_text", "type_text", "problem"),
    [("상설장+5일장", "상설장+5일장", "cycle_digits_missing"), ("", "상설장", "cycle_blank")],
)
def test_what_is_certain_is_kept_and_the_rest_told(cycle_text: str, type_text: str, problem: str) -> None:
    read = read_cycle(cycle_text, type_text)

    assert (read.cycle, read.problem) == (DAILY, problem)


@pytest.mark.parametrize("text", ["상설장", "5일장", "상설장+5일장", "5일장+상설장", "오일장", "정기시장"])
def test_types_that_speak_of_days_are_known(text: str) -> None:
    assert is_known_type(text)


@pytest.mark.parametrize("text", ["전통시장", "상점가", "", "2일+7일", "상설장+도매"])
def test_other_types_are_not_known(text: str) -> None:
    assert not is_known_type(text)


@given(st.text(), st.text())
def test_any_text_is_either_read_or_told(cycle_text: str, type_text: str) -> None:
    read = read_cycle(cycle_text, type_text)

    assert read.cycle is not None or read.problem
