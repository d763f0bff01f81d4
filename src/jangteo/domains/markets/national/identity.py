"""By what a market is recognised: its name without spaces, and where it is. The name alone is no key."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import cos, hypot, radians

METRES_PER_DEGREE = 111_320

# Key of the market codes -> names of the province, today's full one first.
PROVINCES: dict[str, tuple[str, ...]] = {
    "seoul": ("서울특별시", "서울시", "서울"),
    "busan": ("부산광역시", "부산시", "부산"),
    "daegu": ("대구광역시", "대구시", "대구"),
    "incheon": ("인천광역시", "인천시", "인천"),
    "gwangju": ("광주광역시", "광주"),
    "daejeon": ("대전광역시", "대전시", "대전"),
    "ulsan": ("울산광역시", "울산시", "울산"),
    "sejong": ("세종특별자치시", "세종시", "세종"),
    "gyeonggi": ("경기도", "경기"),
    "gangwon": ("강원특별자치도", "강원도", "강원"),
    "chungbuk": ("충청북도", "충북"),
    "chungnam": ("충청남도", "충남"),
    "jeonbuk": ("전북특별자치도", "전라북도", "전북"),
    "jeonnam": ("전라남도", "전남"),
    "gyeongbuk": ("경상북도", "경북"),
    "gyeongnam": ("경상남도", "경남"),
    "jeju": ("제주특별자치도", "제주도", "제주"),
}
_PROVINCE_OF = {name: key for key, names in PROVINCES.items() for name in names}
_LONG_NAMES = sorted((name for name in _PROVINCE_OF if len(name) > 2), key=len, reverse=True)

_CITY = re.compile(r"\s*([가-힣]+?(?:시|군|구(?!군)))")
_VAGUE = re.compile(r"\(.*?\)|(?:번지)?(?:일원|일대|부근)?/?(?:외[0-9]*필?지?)?$")
# Up to the building or the lot number. A "/" stands where the text had a space after a digit: 28길10/1층.
_ROAD = re.compile(r".*?(?:로|길)(?:지하)?[0-9]+(?:-[0-9]+)?(?![0-9]|[번안가]*길|로|가)")
_LOT = re.compile(r".*?(?:[동리읍면]|[0-9]가)산?[0-9]+(?:-[0-9]+)?(?![가동리0-9])")
_ENDINGS = re.compile(r"(?:전통|재래|종합|골목|상설|공설|민속|5일|오일)*(?:시장|장|상점가|상가)?$")


@dataclass(frozen=True, slots=True)
class Region:
    """`province` is a key of `PROVINCES`, "" when unknown; `city` the 시, 군 or 구, "" when unknown (or Sejong)."""

    province: str
    city: str


@dataclass(frozen=True, slots=True)
class Identity:
    """name: compared for certainty. stems: compared for doubt (중앙 of 중앙전통시장). addresses: comparable keys."""

    name: str
    stems: frozenset[str]
    regions: frozenset[Region]
    addresses: frozenset[str]
    point: tuple[float, float] | None
    official_code: str


@dataclass(frozen=True, slots=True)
class Described:
    """What an identity is made of, whoever tells it: a row or a stored market."""

    name: str
    address_road: str
    address_lot: str
    latitude: Decimal | None
    longitude: Decimal | None
    official_code: str


def identity(market: Described) -> Identity:
    addresses = [(text, by_lot) for text, by_lot in ((market.address_road, False), (market.address_lot, True)) if text]
    known = frozenset(region for text, _ in addresses if (region := region_of(text)).province)
    point = None
    if market.latitude is not None and market.longitude is not None:
        point = (float(market.latitude), float(market.longitude))
    return Identity(
        name=name_key(market.name),
        stems=_stems(market.name),
        regions=known,
        addresses=frozenset(address_key(text, by_lot) for text, by_lot in addresses),
        point=point,
        official_code=market.official_code,
    )


def name_key(name: str) -> str:
    """A market's name without spaces, signs and case. Brackets stay part of it."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).casefold())


def _stems(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKC", name).casefold()
    names = [re.sub(r"\(.*?\)", "", plain), *(re.sub(r"^구\s*", "", old) for old in re.findall(r"\((.*?)\)", plain))]
    stems = {_ENDINGS.sub("", name_key(each)) for each in names}
    return frozenset(stem for stem in stems if len(stem) > 1)


@lru_cache(maxsize=16_384)
def region_of(address: str) -> Region:
    """Province and city of an address, also where the spaces are missing (동해시묵호동)."""
    province, rest = _split(address)
    city = _CITY.match(rest)
    return Region(province, city[1] if city and province else "")


def _split(address: str) -> tuple[str, str]:
    """The province's key and what follows its name."""
    first, _, rest = address.partition(" ")
    if first in _PROVINCE_OF:
        return _PROVINCE_OF[first], rest
    for name in _LONG_NAMES:
        if address.startswith(name):
            return _PROVINCE_OF[name], address[len(name) :]
    return "", address


@lru_cache(maxsize=16_384)
def address_key(address: str, by_lot: bool) -> str:
    """An address as it compares: today's province, no spaces, nothing after the building (or lot) number."""
    province, rest = _split(unicodedata.normalize("NFKC", address))
    joined = re.sub(r"\s*-\s*", "-", re.sub(r"([0-9])\s*의\s*([0-9])", r"\1-\2", rest))
    spaced = re.sub(r"(?<=[0-9])\s+", "/", joined.strip())
    plain = _VAGUE.sub("", re.sub(r"\s+", "", spaced))
    first, second = (_LOT, _ROAD) if by_lot else (_ROAD, _LOT)
    numbered = first.match(plain) or second.match(plain)
    return f"{province}:{numbered[0] if numbered else plain}"


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance on the ground, good to a metre over the few hundred that matter here."""
    north = (a[0] - b[0]) * METRES_PER_DEGREE
    east = (a[1] - b[1]) * METRES_PER_DEGREE * cos(radians((a[0] + b[0]) / 2))
    return hypot(north, east)
