from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.carriers.checks import checked_number
from jangteo.domains.carriers.errors import CarrierUnknown, NumberDoubtful, NumberLength, NumberNotDigits
from jangteo.domains.carriers.rules import (
    CARRIERS,
    Point,
    in_korea,
    is_swapped,
    looks_right,
    next_look,
    plain_number,
    read_point,
)

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("told", ["6891-0000-1234-5", " 6891 0000 1234 5 ", "6891.0000.1234.5", "6891–0000–12345"])
def test_a_number_is_read_however_it_was_pasted(told: str) -> None:
    assert checked_number("epost", told, sure=False) == (CARRIERS["epost"], "6891000012345")


@pytest.mark.parametrize("told", ["", "-", "EE123456789KR", "６８９１０００", "12a"])
def test_what_is_no_number_is_said(told: str) -> None:
    with pytest.raises(NumberNotDigits):
        checked_number("epost", told, sure=True)


def test_a_wrong_length_says_how_many_digits_there_should_be() -> None:
    with pytest.raises(NumberLength) as refused:
        checked_number("cjlogistics", "12345678901", sure=True)

    assert refused.value.facts == {"carrier": "CJ대한통운", "lengths": "10, 12", "digits": 11}


def test_an_unknown_carrier_is_refused() -> None:
    with pytest.raises(CarrierUnknown):
        checked_number("pigeon", "123", sure=False)


def test_a_doubtful_last_digit_is_asked_about_once() -> None:
    with pytest.raises(NumberDoubtful):
        checked_number("hanjin", "1234567899", sure=False)

    assert checked_number("hanjin", "1234567899", sure=True)[1] == "1234567899"


@given(st.integers(10**8, 10**9 - 1), st.integers(1, 9))
def test_one_wrong_last_digit_is_always_noticed_in_ten(body: int, off: int) -> None:
    carrier, last = CARRIERS["hanjin"], body % 7

    assert looks_right(carrier, f"{body}{last}")
    assert not looks_right(carrier, f"{body}{(last + off) % 10}")


@given(st.integers(0, 10**13), st.sampled_from(["-", " ", "–", ".", " - "]), st.integers(1, 5))
def test_separators_never_change_a_number(number: int, between: str, every: int) -> None:
    digits = str(number)
    parts = [digits[at : at + every] for at in range(0, len(digits), every)]

    assert plain_number(between.join(parts)) == digits


@given(st.integers(32_500_000, 39_000_000), st.integers(124_000_000, 132_500_000))
def test_a_point_comes_back_to_the_micro_degree(lat: int, lng: int) -> None:
    told = f"{lat // 10**6}.{lat % 10**6:06}, {lng // 10**6}.{lng % 10**6:06}"

    assert read_point(told) == Point(lat, lng)
    assert in_korea(Point(lat, lng))
    assert is_swapped(Point(lng, lat))


@pytest.mark.parametrize("told", ["", "37.5", "서울", "37.5,126.9,1", "-37.5, 126.9", "37.5; 126.9", "1e3, 5"])
def test_what_is_no_point_is_none(told: str) -> None:
    assert read_point(told) is None


def test_looks_come_later_and_later_up_to_six_hours() -> None:
    waits = [next_look(NOW, idle) - NOW for idle in range(6)]

    assert waits == [timedelta(minutes=minutes) for minutes in (30, 60, 120, 240, 360, 360)]
    assert next_look(NOW, 10_000) - NOW == timedelta(hours=6)
