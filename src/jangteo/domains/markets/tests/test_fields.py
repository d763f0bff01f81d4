from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from jangteo.domains.markets.models import Market
from jangteo.domains.markets.national import fields
from jangteo.domains.markets.national.fields import Unreadable

TODAY = date(2025, 6, 1)


def problem(read: Callable[[], object]) -> str:
    with pytest.raises(Unreadable) as wrong:
        read()
    return wrong.value.code


def test_longest_texts_are_those_of_the_table() -> None:
    stored = {name: Market._meta.get_field(name) for name in fields.LONGEST.keys() - {"province", "city"}}

    assert {name: field.max_length for name, field in stored.items() if isinstance(field, models.CharField)} == {
        name: fields.LONGEST[name] for name in stored
    }


def test_tidying_leaves_single_spaces_and_nothing_invisible() -> None:
    assert fields.tidy(" 중앙\u200b  시장\t(구\u00a0장터)\n") == "중앙 시장 (구 장터)"
    assert fields.tidy("\u1112\u1161\u11ab글") == "한글"


@given(st.text())
def test_tidy_text_is_tidy(text: str) -> None:
    once = fields.tidy(text)

    assert fields.tidy(once) == once
    assert not fields.is_untidy(once)


def test_point_in_korea_is_read_to_eight_places() -> None:
    assert fields.read_coordinates("37.754016111", "128.9") == (Decimal("37.75401611"), Decimal("128.90000000"))


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        ("128.8986236", "37.75401611", "coordinates_swapped"),
        ("0", "0", "coordinates_outside_korea"),
        ("35.68", "139.76", "coordinates_outside_korea"),
        ("-37.7", "128.8", "coordinates_outside_korea"),
        ("NaN", "128.8", "coordinates_unreadable"),
        ("37,75", "128,89", "coordinates_unreadable"),
        ("1e1", "128.8", "coordinates_unreadable"),
        ("37도 45분", "128도", "coordinates_unreadable"),
    ],
)
def test_coordinates_that_are_no_point_in_korea_are_refused(latitude: str, longitude: str, code: str) -> None:
    assert problem(lambda: fields.read_coordinates(latitude, longitude)) == code


@pytest.mark.parametrize(("text", "count"), [("276", 276), ("1,204", 1204), ("88.0", 88), ("0", 0), ("１２", 12)])
def test_counts_are_read(text: str, count: int) -> None:
    assert fields.read_count(text) == count


@pytest.mark.parametrize("text", ["120개", "-3", "12.5", "1,2", "999999", "많음"])
def test_other_counts_are_refused(text: str) -> None:
    assert problem(lambda: fields.read_count(text)) == "count_unreadable"


@pytest.mark.parametrize(("text", "year"), [("1980", 1980), ("1780.0", 1780), ("2025년", 2025)])
def test_years_are_read(text: str, year: int) -> None:
    assert fields.read_year(text, TODAY) == year


@pytest.mark.parametrize("text", ["80", "2026", "0001", "1980-01", "조선시대"])
def test_other_years_are_refused(text: str) -> None:
    assert problem(lambda: fields.read_year(text, TODAY)) == "year_unreadable"


@pytest.mark.parametrize(
    "text",
    ["2024-11-04", "20241104", "2024.11.04", "2024. 11. 4.", "2024/11/4", "2024년 11월 4일", "2024-11-04 00:00:00"],
)
def test_dates_are_read_in_every_usual_spelling(text: str) -> None:
    assert fields.read_date(text, TODAY) == date(2024, 11, 4)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024-13-04", "date_unreadable"),
        ("2023-02-29", "date_unreadable"),
        ("45600", "date_unreadable"),
        ("24-11-04", "date_unreadable"),
        ("2025-06-02", "date_in_future"),
    ],
)
def test_other_dates_are_refused(text: str, code: str) -> None:
    assert problem(lambda: fields.read_date(text, TODAY)) == code


def test_yes_and_no_are_read_but_not_one_and_two() -> None:
    assert [fields.read_yes_no(text) for text in ("Y", "n", "있음", "무")] == [True, False, True, False]
    assert problem(lambda: fields.read_yes_no("1")) == "yes_no_unreadable"


@pytest.mark.parametrize(
    "text",
    ["http://hc5959.com", "https://100market.modoo.at/", "https://복신시장.kr", "https://xn--3h3b05ilpdula.com/a?b=1"],
)
def test_homepages_that_open_are_kept(text: str) -> None:
    assert fields.read_homepage(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "www.gurisijang.kr",
        "http:산본전통시장.kr",
        "http www.mokpodongbu.com",
        "https://blog.naver.com y75856",
        "https://DGEMC",
        "https://bandius.n.a3d632ew8aa3",
        "http://user:secret@market.kr/",
        "javascript:alert(1)",
        "없음",
    ],
)
def test_homepages_that_do_not_open_are_refused(text: str) -> None:
    assert problem(lambda: fields.read_homepage(text)) == "homepage_unreadable"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("033-648-4477", "033-648-4477"),
        ("02-752-1234", "02-752-1234"),
        ("033) 648-4477", "033-648-4477"),
        ("(033)648.4477", "033-648-4477"),
        ("1588-1234", "1588-1234"),
        ("0505-123-4567", "0505-123-4567"),
        ("0336484477", "0336484477"),
    ],
)
def test_phones_are_read(text: str, phone: str) -> None:
    assert fields.read_phone(text) == phone


@pytest.mark.parametrize("text", ["-", "648-4477", "033-648-4477, 4478", "상인회", "119"])
def test_other_phones_are_refused(text: str) -> None:
    assert problem(lambda: fields.read_phone(text)) == "phone_unreadable"


def test_vouchers_are_read_by_their_kind() -> None:
    assert fields.read_vouchers("강릉사랑상품권+온누리상품권(지류)") == ["onnuri", "local"]
    assert fields.read_vouchers("디지털온누리") == ["onnuri"]
    assert problem(lambda: fields.read_vouchers("온누리상품권+도서상품권")) == "voucher_unknown"


@pytest.mark.parametrize("text", ["0", "-", "None", "12-3"])
def test_address_without_korean_letters_is_none(text: str) -> None:
    assert problem(lambda: fields.read_place("address_road", text)) == "address_unreadable"
