"""How addresses are read: blanks, moved districts, look-alikes and mistyped coordinates."""

from __future__ import annotations

import pytest

from jangteo.domains.delivery.addresses import coordinates_problem, name_key, names_place, understood


def test_names_differ_in_nothing_but_blanks_and_width() -> None:
    assert name_key("송현 1동") == name_key("송현１동") == "송현1동"
    assert name_key("인천광역시 동구") == name_key("인천 동구")


@pytest.mark.parametrize(
    ("text", "town", "now"),
    [
        ("인천 동구 송현동 12", "", "인천 제물포구 송현동 12"),
        ("인천광역시 중구 신포동 3", "", "인천광역시 제물포구 신포동 3"),
        ("인천 중구 운서동 77", "", "인천 영종구 운서동 77"),
        ("인천시 서구 당하동 1", "", "인천시 검단구 당하동 1"),
        ("중구 신포동 3", "인천광역시", "제물포구 신포동 3"),
        # 서구 stays where it did not move, and other towns have a 중구 of their own.
        ("인천 서구 청라동 1", "", "인천 서구 청라동 1"),
        ("서울 중구 신당동 1", "인천", "서울 중구 신당동 1"),
        ("중구 신당동 1", "서울특별시", "중구 신당동 1"),
        ("인천 남동구 구월동 1", "", "인천 남동구 구월동 1"),
    ],
)
def test_a_district_that_moved_is_said_by_its_new_name(text: str, town: str, now: str) -> None:
    assert understood(text, town).text == now


def test_what_moved_is_told() -> None:
    told = understood("인천 동구 송현동 12")
    assert (told.was, told.now) == ("동구", "제물포구")
    assert understood("인천 제물포구 송현동 12").was == ""


@pytest.mark.parametrize(
    ("text", "place", "is_named"),
    [
        ("가람시 장터동 12", "장터동", True),
        ("장터동101호", "장터동", True),
        ("장터 동 101호", "장터동", True),
        ("새장터동 12", "장터동", False),
        ("장터동 12", "장터", False),
        ("은행나무아파트 3동", "은행나무 아파트", True),
        ("", "장터동", False),
    ],
)
def test_a_place_is_named_by_whole_words(text: str, place: str, is_named: bool) -> None:
    assert names_place(text, name_key(place)) is is_named


def test_coordinates_that_cannot_be_say_why() -> None:
    assert coordinates_problem(37_470_000, 126_630_000) == ""
    assert coordinates_problem(None, None) == ""
    assert coordinates_problem(37_470_000, None) == "half"
    assert coordinates_problem(126_630_000, 37_470_000) == "swapped"
    assert coordinates_problem(0, 0) == "outside"
