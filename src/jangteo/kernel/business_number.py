"""Korean business registration numbers (사업자등록번호): office, kind, serial and a check digit."""

from __future__ import annotations

from stdnum.exceptions import InvalidComponent, InvalidFormat, InvalidLength
from stdnum.kr import brn

from jangteo.kernel.errors import Refused

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


class BusinessNumberRefused(Refused):
    """It cannot be a business number. The code is "business_number." and one of

    digits: something other than digits, spaces and hyphens; length: not ten; part: an office, kind or serial that
    is never given out; check_digit: mistyped.
    """

    def __init__(self, reason: str) -> None:
        self.code = f"business_number.{reason}"
        super().__init__()


def parsed(text: str) -> str:
    """The ten digits of a number as people type it. Raises BusinessNumberRefused.

    A good number may still belong to nobody, or to a business that has closed: only the tax office knows.
    """
    try:
        digits = brn.validate(text)
    except InvalidLength as wrong:
        raise BusinessNumberRefused("length" if brn.compact(text).isdecimal() else "digits") from wrong
    except InvalidFormat as wrong:
        raise BusinessNumberRefused("digits") from wrong
    except InvalidComponent as wrong:
        raise BusinessNumberRefused("part") from wrong
    if _check_digit(digits) != digits[-1]:
        raise BusinessNumberRefused("check_digit")
    return digits


def completed(nine: str) -> str:
    """Nine digits and the check digit that belongs to them."""
    return nine + _check_digit(nine)


def shown(digits: str) -> str:
    """As it stands on receipts: 123-45-67890."""
    return brn.format(digits)


def _check_digit(digits: str) -> str:
    """The library leaves it unchecked. The ninth digit counts five times, and the tens of that count once more."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return str(-(total + int(digits[8]) * 5 // 10) % 10)
