"""One cell, one value. Every reader takes tidy, non-blank text and raises Unreadable with a reason code."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from jangteo.domains.markets.national.report import ReasonCode

# Longest text each column of the table holds.
LONGEST: Final = {
    "name": 60,
    "market_type": 40,
    "address_road": 200,
    "address_lot": 200,
    "cycle_text": 60,
    "goods_text": 300,
    "vouchers_text": 200,
    "homepage": 300,
    "phone": 40,
    "provider": 60,
    "official_code": 20,
    "province": 40,
    "city": 40,
}
# Korea with its outermost islands: 마라도, 백령도, 독도, and Goseong at the border.
LATITUDES = (Decimal("33.0"), Decimal("38.7"))
LONGITUDES = (Decimal("124.5"), Decimal("132.0"))
EIGHT_PLACES = Decimal("0.00000001")
MOST_STALLS = 100_000
OLDEST_YEAR = 1400

_YES = frozenset({"y", "yes", "있음", "유", "예", "o", "true"})
_NO = frozenset({"n", "no", "없음", "무", "아니오", "x", "false"})
_LABEL = "(?!-)[a-z0-9가-힣-]{1,63}(?<!-)"
_ADDRESS = re.compile(
    rf"https?://(?:{_LABEL}\.)+(?:[a-z가-힣]{{2,}}|xn--[a-z0-9-]+)(?::[0-9]{{1,5}})?(?:[/?#]\S*)?", re.IGNORECASE
)
_PHONES = (
    re.compile(r"0[0-9]{1,3}-[0-9]{3,4}-[0-9]{4}"),
    re.compile(r"1[0-9]{3}-[0-9]{4}"),
    re.compile(r"0[0-9]{8,11}"),
)
_DATE = re.compile(r"([0-9]{4})[-./년]?([0-9]{1,2})[-./월]?([0-9]{1,2})일?\.?(?:\s*00:00(?::00)?)?")
VOUCHERS = {
    "onnuri": re.compile("온누리"),
    "local": re.compile("지역사랑|사랑상품권|지역화폐|지역상품권|지역통화"),
}


class Unreadable(ValueError):
    """The cell says something, but not what its column is for."""

    def __init__(self, code: ReasonCode) -> None:
        super().__init__(code)
        self.code: ReasonCode = code


def tidy(text: str) -> str:
    """Composed characters, no invisible ones, single spaces, none around."""
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf"}
    )
    return " ".join(visible.split())


def is_untidy(text: str) -> bool:
    """True when tidying does more than strip the ends."""
    return tidy(text) != unicodedata.normalize("NFC", text).strip()


def read_text(field: str, text: str) -> str:
    if "\ufffd" in text:
        raise Unreadable("damaged_characters")
    if len(text) > LONGEST[field]:
        raise Unreadable("too_long")
    return text


def read_place(field: str, text: str) -> str:
    """An address: it has Korean letters in it ("0" and "-" stand for none in some releases)."""
    if not re.search("[가-힣]{2}", read_text(field, text)):
        raise Unreadable("address_unreadable")
    return text


def read_coordinates(latitude: str, longitude: str) -> tuple[Decimal, Decimal]:
    """A point in Korea. Swapped ones are refused, not swapped back: the row may be wrong in another way."""
    lat, lon = _degrees(latitude), _degrees(longitude)
    if _within(lat, LATITUDES) and _within(lon, LONGITUDES):
        return lat, lon
    swapped = _within(lon, LATITUDES) and _within(lat, LONGITUDES)
    raise Unreadable("coordinates_swapped" if swapped else "coordinates_outside_korea")


def _degrees(text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text)
    if not re.fullmatch(r"[+-]?[0-9]{1,4}(?:\.[0-9]{1,20})?", plain):
        raise Unreadable("coordinates_unreadable")
    return Decimal(plain).quantize(EIGHT_PLACES)


def _within(value: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= value <= bounds[1]


def read_count(text: str) -> int:
    """A whole number, with or without separators of thousands and the ".0" of spreadsheets."""
    plain = unicodedata.normalize("NFKC", text)
    if not re.fullmatch(r"(?:[0-9]{1,6}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.0+)?", plain):
        raise Unreadable("count_unreadable")
    count = int(plain.split(".")[0].replace(",", ""))
    if count > MOST_STALLS:
        raise Unreadable("count_unreadable")
    return count


def read_year(text: str, today: date) -> int:
    match = re.fullmatch(r"([0-9]{4})(?:\.0+|년)?", unicodedata.normalize("NFKC", text))
    if not match or not OLDEST_YEAR <= int(match[1]) <= today.year:
        raise Unreadable("year_unreadable")
    return int(match[1])


def read_date(text: str, today: date) -> date:
    """A day not in the future: one there would outrank every later release."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        raise Unreadable("date_unreadable")
    if day > today:
        raise Unreadable("date_in_future")
    return day


def read_yes_no(text: str) -> bool:
    """Y and N in their usual spellings. 1 and 2 mean yes and no in one file, yes and nothing in another: refused."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise Unreadable("yes_no_unreadable")


def read_homepage(text: str) -> str:
    """An address that opens as it stands. www.name.kr and http:name.kr do not."""
    if not _ADDRESS.fullmatch(read_text("homepage", text)):
        raise Unreadable("homepage_unreadable")
    return text


def read_phone(text: str) -> str:
    """A Korean number, hyphens between its parts ("033) 648-4477" is written 033-648-4477)."""
    plain = re.sub(r"[().\s-]+", "-", unicodedata.normalize("NFKC", text)).strip("-")
    if not any(shape.fullmatch(plain) for shape in _PHONES):
        raise Unreadable("phone_unreadable")
    return plain


def read_vouchers(text: str) -> list[str]:
    """Keys of the vouchers taken, in a fixed order. Raises Unreadable when one of several is not known."""
    names = [name for name in re.split(r"[+,/·;]", text) if name.strip()]
    found = {key for name in names for key, shape in VOUCHERS.items() if shape.search(name)}
    if not all(any(shape.search(name) for shape in VOUCHERS.values()) for name in names):
        raise Unreadable("voucher_unknown")
    return [key for key in VOUCHERS if key in found]
