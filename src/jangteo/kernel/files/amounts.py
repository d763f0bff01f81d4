"""Amounts and days as other people's files write them. Nothing here becomes a binary fraction on its way."""

from __future__ import annotations

import re
from datetime import date, datetime

from jangteo.kernel.clock import KST

_AMOUNT = re.compile(r"([-+]?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.([0-9]{1,6}))?")
_MINUS = str.maketrans({"△": "-", "▲": "-", "−": "-", "－": "-"})
_CURRENCY = "₩￦원 \u00a0"
_DAY = re.compile(
    r"([0-9]{4})(?:([-./])\s?([0-9]{1,2})\2\s?([0-9]{1,2})(?![0-9])"
    r"|([0-9]{2})([0-9]{2})(?=$|[^0-9]|[0-9]{4}(?:[0-9]{2})?(?![0-9])))"
)
_WITH_ZONE = re.compile(r"T.*(?:Z|[+-][0-9]{2}:?[0-9]{2})$")


def minor_units(text: str, digits: int) -> int:
    """An amount in its smallest unit: "1,234.5" with two digits is 123450, "12,000원" with none 12000.

    Raises ValueError for what is no plain amount, or has more places than the currency.
    """
    signed = text.translate(_MINUS).strip(_CURRENCY)
    if signed.startswith("-"):
        signed = "-" + signed[1:].lstrip(_CURRENCY)
    found = _AMOUNT.fullmatch(signed)
    if found is None:
        raise ValueError("not an amount")
    sign, whole, fraction = found[1], found[2].replace(",", ""), (found[3] or "").rstrip("0")
    if len(fraction) > digits:
        raise ValueError("more places than the currency has")
    units = int(whole + fraction.ljust(digits, "0"))
    return -units if sign == "-" else units


def exact(units: int, digits: int) -> str:
    """Minor units as a decimal: 123450 with two digits is "1234.50"."""
    if digits == 0:
        return str(units)
    text = str(abs(units)).rjust(digits + 1, "0")
    return f"{'-' if units < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def day_in(text: str) -> date:
    """The day that a date or time begins with; a time with a zone is taken to Korea first.

    Reads 2026-11-01, 2026.11.01, 2026/11/1 and 20261101, with or without a time. Raises ValueError for anything else.
    """
    if _WITH_ZONE.search(text):
        return datetime.fromisoformat(text).astimezone(KST).date()
    found = _DAY.match(text)
    if found is None:
        raise ValueError("not a day")
    year, _, month, day, packed_month, packed_day = found.groups()
    return date(int(year), int(month or packed_month), int(day or packed_day))
