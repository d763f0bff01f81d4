from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.rebates.persons import person_digest
from jangteo.domains.rebates.rules import USUAL_TIERS, Tier, due, is_home_grown, paper_key, shown_person

TIERS = tuple(Tier(*pair) for pair in USUAL_TIERS)


@pytest.mark.parametrize(
    ("sum_won", "back", "missing", "coming"),
    [
        (0, 0, 34_000, 10_000),
        (33_999, 0, 1, 10_000),
        (34_000, 10_000, 33_000, 20_000),
        (63_800, 10_000, 3_200, 20_000),
        (66_999, 10_000, 1, 20_000),
        (67_000, 20_000, 0, 0),
        (900_000, 20_000, 0, 0),
    ],
)
def test_the_real_thresholds(sum_won: int, back: int, missing: int, coming: int) -> None:
    found = due(TIERS, sum_won, left_won=20_000)

    assert (found.back_won, found.next_missing_won, found.next_back_won) == (back, missing, coming)
    assert not found.capped


def test_who_had_a_part_gets_the_rest_and_is_not_sent_to_buy_for_nothing() -> None:
    rest = due(TIERS, 70_000, left_won=10_000)
    assert (rest.back_won, rest.capped, rest.next_missing_won) == (10_000, True, 0)
    assert due(TIERS, 40_000, left_won=10_000).next_missing_won == 0
    assert due(TIERS, 10_000, left_won=0).next_missing_won == 0


@given(st.integers(0, 200_000), st.integers(0, 40_000), st.integers(0, 200_000))
def test_more_bought_never_gives_less_and_never_over_the_cap(sum_won: int, left: int, more: int) -> None:
    first, second = due(TIERS, sum_won, left_won=left), due(TIERS, sum_won + more, left_won=left)

    assert 0 <= first.back_won <= second.back_won <= left
    if first.next_missing_won:
        reached = due(TIERS, sum_won + first.next_missing_won, left_won=left)
        assert reached.back_won == first.next_back_won > first.back_won


@pytest.mark.parametrize(
    ("origin", "home"),
    [
        ("국산", True),
        ("국내산(통영)", True),
        ("국산(한우)", True),
        ("콩: 국산(파주) · 소금: 국산(신안)", True),
        ("콩: 국산(파주) · 소금: 중국산", False),
        ("러시아산", False),
        ("원양산", False),
        ("국산, 수입산", False),
        ("원산지를 가게에 물어보세요", False),
        ("", False),
    ],
)
def test_only_what_is_all_korean_counts(origin: str, home: bool) -> None:
    assert is_home_grown(origin) is home


def test_of_a_person_little_is_shown_and_the_digest_is_another_one_for_every_event() -> None:
    assert shown_person("박순희", "01011112222") == "박** 2222"
    assert shown_person("", "01011112222") == "*** 2222"
    one = person_digest(1, "01011112222")
    assert one == person_digest(1, "01011112222")
    assert len({one, person_digest(2, "01011112222"), person_digest(1, "01011112223")}) == 3
    assert "0101111" not in one


def test_a_paper_receipt_is_its_approval_number_however_it_is_typed() -> None:
    first = paper_key(3, "2026-11-20", "1234-5678", 8_000, "12:00")
    assert first == paper_key(3, "2026-11-20", "12345678", 9_000, "13:00")
    assert paper_key(3, "2026-11-20", "", 8_000, "12:00") != paper_key(3, "2026-11-20", "", 8_000, "12:01")
