from __future__ import annotations

import pytest

from jangteo.kernel.business_number import BusinessNumberRefused, parsed, shown


# Numbers that large companies print at the foot of their public pages.
@pytest.mark.parametrize("number", ["1248100998", "1208147521", "2208162517", "1168200276", "1348672683"])
def test_a_real_number_is_good_and_any_other_last_digit_is_not(number: str) -> None:
    assert parsed(number) == number
    for digit in set("0123456789") - {number[-1]}:
        with pytest.raises(BusinessNumberRefused, match=r"check_digit"):
            parsed(number[:-1] + digit)


@pytest.mark.parametrize("typed", ["124-81-00998", " 124 - 81 - 00998 ", "１２４－８１－００９９８", "124–81–00998"])
def test_it_is_taken_as_people_type_it(typed: str) -> None:
    assert parsed(typed) == "1248100998"


def test_it_is_shown_in_three_groups() -> None:
    assert shown("1248100998") == "124-81-00998"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "business_number.digits"),
        ("순자네", "business_number.digits"),
        ("124-81-0099A", "business_number.digits"),
        ("124-81-009", "business_number.length"),
        ("124-81-009981", "business_number.length"),
        ("100-81-00998", "business_number.part"),
        ("124-00-00998", "business_number.part"),
        ("124-81-00008", "business_number.part"),
        ("124-81-00997", "business_number.check_digit"),
    ],
)
def test_what_is_wrong_is_said_by_its_code(typed: str, code: str) -> None:
    with pytest.raises(BusinessNumberRefused) as refused:
        parsed(typed)
    assert refused.value.code == code
