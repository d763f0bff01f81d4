from __future__ import annotations

import pytest

from jangteo.domains.markets.national.identity import Region, address_key, metres_between, name_key, region_of


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("강원특별자치도 강릉시 금성로21", Region("gangwon", "강릉시")),
        ("강원도 강릉시 금성로 21", Region("gangwon", "강릉시")),
        ("강원특별자치도 동해시묵호동 15-61", Region("gangwon", "동해시")),
        ("강원특별자치도 양구군 양구읍 중심로 1", Region("gangwon", "양구군")),
        ("경기도 광주시 파발로 1", Region("gyeonggi", "광주시")),
        ("경기도 군포시 산본로 1", Region("gyeonggi", "군포시")),
        ("광주 북구 동문대로 97", Region("gwangju", "북구")),
        ("서울특별시 동작구상도로102", Region("seoul", "동작구")),
        ("전라북도 전주시 완산구 1", Region("jeonbuk", "전주시")),
        ("세종특별자치시 전의면 읍내리 236-2", Region("sejong", "")),
        ("충청북도 보은근 회인면", Region("chungbuk", "")),
        ("제주특별자치시도 제주시 한림읍", Region("", "")),
        ("장평로 60", Region("", "")),
    ],
)
def test_region_is_read_from_the_address(address: str, region: Region) -> None:
    assert region_of(address) == region


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("강원도 강릉시 금성로 21", "강원특별자치도 강릉시 금성로21"),
        ("강원특별자치도 정선군 사북읍 사북2길 6 - 1", "강원특별자치도 정선군 사북읍 사북2길 6-1"),
        ("경기도 하남시 하남대로 1043-17 일원", "경기도 하남시 하남대로 1043-17"),
        ("경상남도 양산시 중앙로 133번지", "경상남도 양산시 중앙로 133"),
        ("대구광역시 중구 큰장로28길10 1층", "대구광역시 중구 큰장로28길 10"),
        ("경기도 고양시 덕양구 능곡로 12의 9", "경기도 고양시 덕양구 능곡로 12-9"),
        ("부산광역시 수영구 수영로725번길 36외", "부산광역시 수영구 수영로 725번길 36"),
        ("서울특별시 구로구 중앙로8길 10 고척동", "서울특별시 구로구 중앙로8길 10"),
        ("대전광역시 동구 용운로 164번길 일원", "대전광역시 동구 용운로164번길"),
    ],
)
def test_road_addresses_of_one_place_compare_equal(one: str, other: str) -> None:
    assert address_key(one, False) == address_key(other, False)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("강원특별자치도 동해시 묵호진동 15-128번지 외 4필지", "강원특별자치도 동해시 묵호진동 15-128"),
        ("서울특별시 종로구 종로6가 262-1 동대문종합시장디동", "서울특별시 종로구 종로6가 262-1"),
        ("서울특별시 구로구 구로2동 730-52 2층", "서울특별시 구로구 구로2동 730-52"),
        ("경기도 성남시 중원구 하대원동 266의1", "경기도 성남시 중원구 하대원동 266-1"),
        ("서울특별시 중구 황학동 442 일대", "서울특별시 중구 황학동 442"),
    ],
)
def test_lot_addresses_of_one_place_compare_equal(one: str, other: str) -> None:
    assert address_key(one, True) == address_key(other, True)


@pytest.mark.parametrize(
    ("one", "other", "by_lot"),
    [
        ("강원특별자치도 강릉시 금성로 21", "강원특별자치도 강릉시 금성로 2", False),
        ("대전광역시 동구 대전로 785", "대전광역시 동구 대전로 785번길", False),
        ("대구광역시 달서구 송현로12안길 38", "대구광역시 달서구 송현로 12", False),
        ("서울특별시 중구 중앙로 1", "서울특별시 강남구 중앙로 1", False),
        ("충청북도 제천시 중앙로1가 34-1", "충청북도 제천시 중앙로1가 77", True),
        ("서울특별시 중구 신당동 217-91", "서울특별시 중구 신당동 217-92", True),
        ("대구광역시 중구 대신동 115-379 1층", "대구광역시 중구 대신동 115-3791", True),
    ],
)
def test_addresses_of_different_places_differ(one: str, other: str, by_lot: bool) -> None:
    assert address_key(one, by_lot) != address_key(other, by_lot)


def test_name_compares_without_spaces_signs_and_case() -> None:
    assert name_key("묵호항 자연산 수산물 판매시장") == name_key("묵호항자연산수산물판매시장")
    assert name_key("동문시장㈜") == name_key("동문시장(주)")
    assert name_key("TEAM 204") == name_key("Team204")
    assert name_key("현대시장(분당)") != name_key("현대시장")


def test_distance_is_in_metres() -> None:
    assert round(metres_between((37.5, 127.0), (37.5, 127.001))) == 88
    assert round(metres_between((37.5, 127.0), (37.501, 127.0))) == 111
