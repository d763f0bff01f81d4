from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest

from jangteo.domains.markets.calendar import Cycle
from jangteo.domains.markets.errors import FileEmpty
from jangteo.domains.markets.national.rows import MarketRow, read_file
from jangteo.domains.markets.tests.releases import RIVER, STANDARD, SUNNY, TODAY, read, release, told

SUNNY_ROW = MarketRow(
    row=2,
    name="햇살시장",
    market_type="상설장+5일장",
    address_road="강원특별자치도 강릉시 금성로 21",
    address_lot="강원특별자치도 강릉시 성남동 50",
    latitude=Decimal("37.75401611"),
    longitude=Decimal("128.89862360"),
    cycle_text="2일+7일",
    cycle=Cycle(daily=True, digits=(2, 7)),
    stall_count=276,
    goods_text="농산물+수산물",
    vouchers_text="온누리상품권+강릉사랑상품권",
    vouchers=["onnuri", "local"],
    homepage="http://sunny.kr",
    has_toilet=True,
    has_parking=False,
    founded_year=1980,
    phone="033-648-4477",
    reference_date=date(2024, 11, 4),
    provider="소상공인시장진흥공단",
)


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_row_is_read_the_same_from_every_kind_of_file(encoding: str, delimiter: str, quoting: int) -> None:
    data = release(SUNNY, encoding=encoding, delimiter=delimiter, quoting=quoting)

    file = read_file(data, TODAY)

    assert file.rows == (SUNNY_ROW,)
    assert (file.read, file.flagged, file.rejected) == (1, (), ())


def test_order_of_columns_and_spaces_in_headers_change_nothing() -> None:
    columns = [f" {column} " for column in reversed(STANDARD)]

    assert read_file(release(SUNNY, columns=columns), TODAY).rows == (SUNNY_ROW,)


def test_unknown_and_wholly_blank_columns_are_told_once_at_the_header() -> None:
    columns = (*STANDARD, "아케이드 보유 여부")
    rows = [{**SUNNY, "아케이드 보유 여부": "Y", "사용가능상품권": ""}, {**RIVER, "취급품목": "쌀"}]

    file = read_file(release(*rows, columns=columns), TODAY)

    assert told(file)[:2] == [(1, "column", "column_unknown"), (1, "vouchers_text", "column_blank")]
    assert [finding.value for finding in file.flagged[:2]] == ["아케이드 보유 여부", "사용가능상품권"]
    assert len(file.rows) == 2


@pytest.mark.parametrize(
    ("header", "text", "field", "code"),
    [
        ("위도", "", "coordinates", "coordinates_half"),
        ("위도", "35.0", "coordinates", ""),
        ("경도", "139.7", "coordinates", "coordinates_outside_korea"),
        ("점포수", "많음", "stall_count", "count_unreadable"),
        ("점포수", "", "stall_count", "count_blank"),
        ("개설연도", "", "founded_year", "year_blank"),
        ("개설연도", "3000", "founded_year", "year_unreadable"),
        ("홈페이지주소", "www.sunny.kr", "homepage", "homepage_unreadable"),
        ("전화번호", "없음", "phone", "phone_unreadable"),
        ("공중화장실보유여부", "2", "has_toilet", "yes_no_unreadable"),
        ("데이터기준일자", "2999-01-01", "reference_date", "date_in_future"),
        ("소재지도로명주소", "0", "address_road", "address_unreadable"),
        ("취급품목", "농산물\ufffd", "goods_text", "damaged_characters"),
        ("취급품목", "가" * 301, "goods_text", "too_long"),
    ],
)
def test_value_that_cannot_be_read_is_flagged_and_the_row_kept(header: str, text: str, field: str, code: str) -> None:
    file = read_file(release({**SUNNY, header: text}, RIVER, encoding="utf-8"), TODAY)

    assert len(file.rows) == 2
    assert file.rejected == ()
    assert [(finding.field, finding.code) for finding in file.flagged if finding.row == 2] == (
        [(field, code)] if code else []
    )
    if code:
        attribute = "latitude" if field == "coordinates" else field
        assert getattr(file.rows[0], attribute) is None


def test_swapped_coordinates_are_flagged_with_both_values_and_left_out() -> None:
    file = read({**SUNNY, "위도": "128.8986236", "경도": "37.75401611"})

    assert [(finding.value, finding.code) for finding in file.flagged] == [
        ("128.8986236, 37.75401611", "coordinates_swapped")
    ]
    assert (file.rows[0].latitude, file.rows[0].longitude) == (None, None)


def test_damaged_cycle_is_flagged_and_its_text_kept() -> None:
    file = read({**SUNNY, "시장유형": "5일장", "시장개설주기": "매일+6일"})

    assert [(finding.field, finding.value, finding.code) for finding in file.flagged] == [
        ("cycle", "매일+6일", "cycle_damaged")
    ]
    assert (file.rows[0].cycle, file.rows[0].cycle_text) == (None, "매일+6일")


def test_unknown_type_and_voucher_are_flagged_and_their_texts_kept() -> None:
    file = read({**SUNNY, "시장유형": "전통시장", "사용가능상품권": "도서상품권"})

    assert told(file) == [(2, "market_type", "type_unknown"), (2, "vouchers", "voucher_unknown")]
    assert (file.rows[0].market_type, file.rows[0].vouchers_text, file.rows[0].vouchers) == (
        "전통시장",
        "도서상품권",
        None,
    )
    assert file.rows[0].cycle == Cycle(daily=False, digits=(2, 7))


def test_double_spaces_are_made_single_and_told() -> None:
    file = read({**SUNNY, "소재지도로명주소": "강원특별자치도  강릉시 금성로 21"})

    assert file.rows[0].address_road == "강원특별자치도 강릉시 금성로 21"
    assert told(file) == [(2, "address_road", "spaces_tidied")]


def test_address_without_its_province_takes_it_from_the_columns_beside() -> None:
    columns = ("시장명", "시도", "시군구", "도로명주소")
    row = {"시장명": "말바우시장", "시도": "전라남도", "시군구": "순천시", "도로명주소": "장평로 60"}

    file = read_file(release(row, {**row, "시도": "", "시군구": ""}, columns=columns), TODAY)

    assert [one.address_road for one in file.rows] == ["전라남도 순천시 장평로 60", "장평로 60"]
    assert told(file) == [(3, "address_road", "region_unknown")]


def test_rows_that_name_no_market_or_no_place_are_rejected_with_their_line() -> None:
    nowhere = {"시장명": "떠돌이장", "시장유형": "5일장", "시장개설주기": "2일+7일"}
    data = release(SUNNY, {**RIVER, "시장명": " "}, nowhere, {**RIVER, "시장명": "가" * 61}, encoding="utf-8")

    file = read_file(data + "잘린,줄\n,,,\n".encode(), TODAY)

    assert file.read == 6
    assert [one.row for one in file.rows] == [2]
    assert [(one.row, one.field, one.code) for one in file.rejected] == [
        (3, "name", "name_blank"),
        (4, "address_road", "place_unknown"),
        (5, "name", "too_long"),
        (6, "row", "cell_count"),
        (7, "row", "cell_count"),
    ]
    assert {finding.row for finding in file.flagged} == {1} or file.flagged == ()


def test_market_code_on_several_rows_is_told_and_identifies_none() -> None:
    columns = (*STANDARD, "시장코드")
    rows = [{**SUNNY, "시장코드": "a1"}, {**RIVER, "시장코드": "a1"}, {**RIVER, "시장명": "새장터", "시장코드": "b2"}]

    file = read_file(release(*rows, columns=columns), TODAY)

    assert [one.official_code for one in file.rows] == [None, None, "b2"]
    assert [(one.row, one.value, one.code, one.facts) for one in file.flagged if one.field == "official_code"] == [
        (2, "a1", "code_repeated", {"times": 2}),
        (3, "a1", "code_repeated", {"times": 2}),
    ]


def test_header_alone_is_an_empty_file() -> None:
    with pytest.raises(FileEmpty):
        read()


def test_long_value_is_cut_in_the_report() -> None:
    file = read({**SUNNY, "취급품목": "쌀" * 5000})

    assert len(file.flagged[0].value) == 200
