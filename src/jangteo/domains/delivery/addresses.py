"""Where an order is to be brought: what the customer picked or typed, and how names of places are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from jangteo.domains.delivery.moved import MOVED, Moved

MOST_TEXT = 200
# Korea and its islands, in micro-degrees: a point outside of it was mistyped, or its two numbers were swapped.
LEAST_LAT_E6, MOST_LAT_E6 = 32_900_000, 38_700_000
LEAST_LON_E6, MOST_LON_E6 = 124_500_000, 132_000_000

_PROVINCE = re.compile(r"(특별자치시|특별자치도|특별시|광역시)")
_NOT_A_NAME = re.compile(r"[^0-9a-z가-힣]")


@dataclass(frozen=True, slots=True)
class Address:
    """`text` is all of it or, with a place picked (`place_id`), what comes after the place's name.

    Coordinates are integer micro-degrees and may be missing.
    """

    text: str
    place_id: int = 0
    lat_e6: int | None = None
    lon_e6: int | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """An address with today's names. `was` and `now` name the district that moved, both "" where none did."""

    text: str
    was: str = ""
    now: str = ""


def name_key(name: str) -> str:
    """What is compared of a name: 송현 1동, 송현1동 and ＳＯＮＧ differ in nothing but blanks, width and case."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return _NOT_A_NAME.sub("", _PROVINCE.sub("", plain))


def understood(text: str, town: str = "", moved: Iterable[Moved] = MOVED) -> Understood:
    """The address with a district that has moved said as it is called now. `town` is where one is unless it says so."""
    for district in moved:
        old = re.compile(rf"(?<![가-힣]){re.escape(district.was)}(?=[\s0-9]|$)")
        if (found := old.search(text)) is None:
            continue
        here, rest = name_key(text[: found.start()] or town), name_key(text[found.end() :])
        if name_key(district.town) in here and _is_of_part(rest, district):
            return Understood(old.sub(district.now, text, count=1), district.was, district.now)
    return Understood(text)


def _is_of_part(rest: str, district: Moved) -> bool:
    """Whether it is the whole district that moved, or what follows its name is of the part that did."""
    return not district.places or rest.startswith(tuple(map(name_key, district.places)))


def names_place(text: str, key: str) -> bool:
    """Whether an address names a place, from the beginning of a word on; more may follow only as digits or words.

    So 장터동101호 names 장터동, and neither 새장터동 nor 장터 (a building) is named by 장터동.
    """
    words = [name_key(word) for word in text.split()]
    return any(_follows("".join(words[at:]), words[at:], key) for at in range(len(words)))


def _follows(rest: str, words: list[str], key: str) -> bool:
    if not rest.startswith(key):
        return False
    ends, length = set(), 0
    for word in words:
        length += len(word)
        ends.add(length)
    return len(key) in ends or rest[len(key)].isdigit()


def coordinates_problem(lat_e6: int | None, lon_e6: int | None) -> str:
    """ "" where they can be, else "half", "swapped" or "outside". Both missing is nothing to complain of."""
    if lat_e6 is None and lon_e6 is None:
        return ""
    if lat_e6 is None or lon_e6 is None:
        return "half"
    if _in_korea(lat_e6, lon_e6):
        return ""
    return "swapped" if _in_korea(lon_e6, lat_e6) else "outside"


def _in_korea(lat_e6: int, lon_e6: int) -> bool:
    return LEAST_LAT_E6 <= lat_e6 <= MOST_LAT_E6 and LEAST_LON_E6 <= lon_e6 <= MOST_LON_E6
