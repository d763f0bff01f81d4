from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.kernel.files.amounts import day_in, exact, minor_units


@pytest.mark.parametrize(
    ("text", "digits", "units"),
    [
        ("0", 0, 0),
        ("12,000", 0, 12_000),
        ("12000원", 0, 12_000),
        ("₩ 1,234,567", 0, 1_234_567),
        ("-3,000", 0, -3_000),
        ("△3,000", 0, -3_000),
        ("-₩3,000", 0, -3_000),
        ("12000.00", 0, 12_000),
        ("199.9", 2, 19_990),
        ("18.14", 2, 1_814),
        ("0.01", 2, 1),
        ("-0.5", 2, -50),
        ("58", 2, 5_800),
        ("77.10", 2, 7_710),
    ],
)
def test_an_amount_is_read_exactly(text: str, digits: int, units: int) -> None:
    assert minor_units(text, digits) == units


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("", 0),
        ("원", 0),
        ("-", 0),
        ("12.5", 0),
        ("0.005", 2),
        ("1,23", 0),
        ("1.234,00", 2),
        ("1e5", 0),
        ("nan", 2),
        ("12 000", 0),
        ("１２", 0),
        ("9999999999999999", 0),
        ("1,000-", 0),
        ("=1", 0),
    ],
)
def test_what_is_no_amount_is_not_guessed(text: str, digits: int) -> None:
    with pytest.raises(ValueError, match=r"amount|places"):
        minor_units(text, digits)


@given(st.integers(-(10**14), 10**14), st.integers(0, 4))
def test_an_amount_written_out_is_read_back(units: int, digits: int) -> None:
    written = exact(units, digits)

    assert minor_units(written, digits) == units
    assert Decimal(written).scaleb(digits) == units


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-01",
        "2026-11-01 23:59:59",
        "2026-11-01T23:59:59.9",
        "2026-11-01T23:59:59.9+09:00",
        "2026-11-01T14:59:59Z",
        "2026.11.01",
        "2026.11.1 09:30",
        "2026. 11. 01.",
        "2026/11/01 12:00",
        "20261101",
        "20261101235959",
        "202611012359",
    ],
)
def test_a_day_is_the_one_in_korea(text: str) -> None:
    assert day_in(text) == date(2026, 11, 1)


def test_a_time_with_a_zone_may_be_the_next_day_in_korea() -> None:
    assert day_in("2026-11-01T15:00:00Z") == date(2026, 11, 2)


@pytest.mark.parametrize(
    "text", ["", "11-01", "2026-13-01", "2026-02-30", "26.11.01", "2026-11/01", "202611011", "어제"]
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        day_in(text)
