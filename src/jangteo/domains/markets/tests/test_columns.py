from __future__ import annotations

import pytest

from jangteo.domains.markets import errors
from jangteo.domains.markets.national.columns import KNOWN_HEADERS, header_key, read_columns
from jangteo.domains.markets.national.rows import MarketRow

STANDARD = "시장명,시장유형,소재지도로명주소,소재지지번주소,시장개설주기,위도,경도"


def test_standard_header_is_read() -> None:
    columns = read_columns(STANDARD)

    assert columns.delimiter == ","
    assert columns.width == 7
    assert columns.at == {
        "name": 0,
        "market_type": 1,
        "address_road": 2,
        "address_lot": 3,
        "cycle_text": 4,
        "latitude": 5,
        "longitude": 6,
    }
    assert columns.unused == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_the_one_that_makes_the_columns_known(delimiter: str) -> None:
    columns = read_columns(STANDARD.replace(",", delimiter))

    assert columns.delimiter == delimiter
    assert len(columns.at) == 7


def test_headers_are_known_with_spaces_signs_brackets_and_in_any_order() -> None:
    columns = read_columns('"경도 ", 위도(WGS84),\ufeff시장 명,소재지_도로명_주소,"개설 년도", 데이터 기준 일자')

    assert columns.at == {
        "longitude": 0,
        "latitude": 1,
        "name": 2,
        "address_road": 3,
        "founded_year": 4,
        "reference_date": 5,
    }


def test_names_of_the_open_api_are_known() -> None:
    columns = read_columns("mrktNm,mrktType,rdnmadr,lnmadr,mrktEstblCycle,latitude,longitude,storNumber,referenceDate")

    assert len(columns.at) == 9
    assert columns.unused == ()


def test_best_of_several_columns_for_one_field_is_used_and_the_rest_told() -> None:
    columns = read_columns("시장코드,정제도로명주소,도로명주소,시장명,시장명,화재감지기_보유여부")

    assert columns.at == {"official_code": 0, "address_road": 2, "name": 3}
    assert columns.unused == (
        (1, "정제도로명주소", "column_repeated"),
        (4, "시장명", "column_repeated"),
        (5, "화재감지기_보유여부", "column_unknown"),
    )


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("시장유형,위도,경도", "시장명, 소재지도로명주소 또는 소재지지번주소"),
        ("시장명,위도,경도", "소재지도로명주소 또는 소재지지번주소"),
        ("소재지지번주소,위도", "시장명"),
        ("시장명^소재지도로명주소^위도", "시장명, 소재지도로명주소 또는 소재지지번주소"),
    ],
)
def test_file_without_name_or_address_is_refused_naming_what_is_missing(header: str, missing: str) -> None:
    with pytest.raises(errors.ColumnsMissing) as refused:
        read_columns(header)

    assert refused.value.facts == {"missing": missing, "found": ", ".join(header.split(","))}


@pytest.mark.parametrize("header", ["x" * 10_000_000, '"시장명,주소', '"시장명"x,주소', ",,,,"])
def test_first_line_that_is_no_header_is_refused(header: str) -> None:
    with pytest.raises(errors.ColumnsMissing) as refused:
        read_columns(header)

    assert len(str(refused.value.facts["found"])) < 120


def test_file_of_delivery_services_is_named_for_what_it_is() -> None:
    with pytest.raises(errors.FileOtherKind) as refused:
        read_columns(
            "순번,시장-상점가 구분,인정여부,지자체,시장-상점가명,실시여부 - 1) 배송서비스,실시여부 - 2) 장보기서비스"
        )

    assert refused.value.facts == {"kind": "전통시장·상점가 배송·장보기 서비스 현황"}


def test_every_header_belongs_to_one_field_and_every_field_is_read_or_left_on_purpose() -> None:
    keys = [header_key(header) for headers in KNOWN_HEADERS.values() for header in headers]

    assert len(keys) == len(set(keys))
    aside = {"province", "city", "provider_code", "serial"}
    assert KNOWN_HEADERS.keys() - aside == set(MarketRow.__dataclass_fields__) - {"row", "cycle", "vouchers"}
