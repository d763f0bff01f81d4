from __future__ import annotations

import pytest

from jangteo.domains.markets.models import Kind, Market, Stall
from jangteo.domains.payments.eligibility import area_of, stall_facts, told_area
from jangteo.domains.payments.rules.tenders import TenderKind

GANGNEUNG = "강원특별자치도 강릉시"
ALWAYS = {TenderKind.CASH, TenderKind.RECORDED_OFFLINE, TenderKind.COUPON, TenderKind.POINTS}


@pytest.mark.parametrize(
    ("address", "area"),
    [
        ("강원특별자치도 강릉시 중앙시장길 2", GANGNEUNG),
        ("강원도 강릉시 성남동 50", GANGNEUNG),
        ("서울 중구 남대문시장4길 21", "서울특별시 중구"),
        ("경기도 수원시 팔달구 지동 1", "경기도 수원시 팔달구"),
        ("세종특별자치시 조치원읍 조치원8길 42", "세종특별자치시"),
        ("가람시 장터동 장터길 1", "가람시"),
        ("대구광역시 군위군 군위읍 1", "대구광역시 군위군"),
        ("", ""),
    ],
)
def test_an_address_begins_with_its_area(address: str, area: str) -> None:
    assert area_of(address) == area


@pytest.mark.parametrize(
    ("text", "here", "area"),
    [
        ("", GANGNEUNG, ""),
        ("전국", GANGNEUNG, ""),
        ("강원", GANGNEUNG, "강원특별자치도"),
        ("강원도 강릉시", GANGNEUNG, GANGNEUNG),
        ("강릉시", GANGNEUNG, GANGNEUNG),
        ("속초시", GANGNEUNG, None),
        ("강원 속초시", GANGNEUNG, None),
        ("중구", "서울특별시 중구", None),
        ("서울 중구", "서울특별시 중구", "서울특별시 중구"),
        ("부산 중구", "서울특별시 중구", None),
        ("고성군", "강원특별자치도 고성군", None),
        ("수원시", "경기도 수원시 팔달구", "경기도 수원시"),
        ("가람시", "가람시", "가람시"),
        ("강릉시 중앙동", GANGNEUNG, None),
    ],
)
def test_an_area_in_a_file_is_ours_or_not(text: str, here: str, area: str | None) -> None:
    assert told_area(text, here) == area


@pytest.mark.parametrize(
    ("vouchers", "schemes"),
    [
        ([], {"onnuri", "onnuri_paper", "local"}),
        (["onnuri"], {"onnuri", "onnuri_paper"}),
        (["local"], {"local"}),
        (["onnuri", "local"], {"onnuri", "onnuri_paper", "local"}),
    ],
)
def test_a_stall_takes_what_it_says_where_the_market_does_not_say_otherwise(
    vouchers: list[str], schemes: set[str]
) -> None:
    stall = Stall(pk=7, kind=Kind(key="fish"), takes_card=False, takes_onnuri=True, takes_local=True)

    facts = stall_facts(stall, Market(vouchers=vouchers))

    paper = {TenderKind.ONNURI_DIGITAL, TenderKind.ONNURI_PAPER} if "onnuri" in schemes else set()
    local = {TenderKind.LOCAL_CURRENCY} if "local" in schemes else set()
    assert (facts.key, facts.business, set(facts.schemes)) == ("7", "fish", schemes)
    assert facts.takes == ALWAYS | paper | local


def test_a_stall_with_a_card_reader_takes_what_comes_like_a_card() -> None:
    stall = Stall(pk=7, kind=Kind(key="fish"), takes_card=True)

    extra = {TenderKind.CARD, TenderKind.EASY_PAY, TenderKind.VIRTUAL_ACCOUNT, TenderKind.TRANSFER}
    assert stall_facts(stall, Market()).takes == ALWAYS | extra
