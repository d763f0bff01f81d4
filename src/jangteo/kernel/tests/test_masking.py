from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangteo.kernel import masking


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("", ""),
        (" ", ""),
        ("김", "김*"),
        ("홍길", "홍*"),
        ("홍길동", "홍*동"),
        ("남궁민수", "남**수"),
        (" 홍 길동 ", "홍*동"),
        ("Jane", "J**"),
        ("가" * 30, "가***가"),
        ("K1-07", "K1-07"),
    ],
)
def test_names(plain: str, shown: str) -> None:
    assert masking.name(plain) == shown


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("", ""),
        ("01012345678", "010-****-5678"),
        ("010-1234-5678", "010-****-5678"),
        ("+82 10 1234 5678", "821-****-5678"),
        ("0212345678", "02-****-5678"),
        ("1234", "***"),
        ("전화 없음", "***"),
    ],
)
def test_phones(plain: str, shown: str) -> None:
    assert masking.phone(plain) == shown


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("", ""),
        ("가람시 장터동 장터길 1", "가람시 장터동 ***"),
        ("장터동 101호", "장터동 ***"),
        ("서울특별시 종로구 종로1가 12-3", "서울특별시 종로구 종로1가 ***"),
        ("서울특별시 중구 세종대로 110 (태평로1가)", "서울특별시 중구 태평로1가 ***"),
        ("경기도 가람시 나루읍 나루리 5", "경기도 가람시 나루읍 ***"),
        ("가람시 장터길 1 (장터동, 햇살아파트 101동 1502호)", "가람시 장터동 ***"),
        ("101동 1502호", "***"),
    ],
)
def test_addresses(plain: str, shown: str) -> None:
    assert masking.address(plain) == shown


def test_emails() -> None:
    assert masking.email("hana@example.com") == "h***@example.com"
    assert masking.email("") == ""


@given(st.text(max_size=40))
def test_masking_what_is_masked_changes_nothing(text: str) -> None:
    for mask in (masking.name, masking.phone, masking.address):
        assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"01[0-9]{9}", fullmatch=True))
def test_the_middle_of_a_number_is_never_shown(number: str) -> None:
    shown = masking.phone(number)
    assert shown == f"{number[:3]}-****-{number[7:]}"
