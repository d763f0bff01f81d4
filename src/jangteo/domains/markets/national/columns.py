"""Which column is which. Releases name, order and choose their columns differently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.markets.errors import ColumnsMissing, FileOtherKind
from jangteo.domains.markets.national.reader import DELIMITERS, LONGEST_LINE, cells_of
from jangteo.domains.markets.national.report import ReasonCode

# Field of the row -> headers it is known by, the standard's own first. Latin ones are the names of the open API.
# `provider_code` and `serial` are understood and left alone: they say nothing about the market.
KNOWN_HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("시장명", "전통시장명", "시장상점가명", "시장이름", "mrktNm"),
    "market_type": ("시장유형", "시장유형구분", "시장구분", "mrktType"),
    "address_road": ("소재지도로명주소", "도로명주소", "시장도로명주소", "정제도로명주소", "rdnmadr"),
    "address_lot": ("소재지지번주소", "지번주소", "시장지번주소", "정제지번주소", "lnmadr"),
    "cycle_text": ("시장개설주기", "개설주기", "장날", "mrktEstblCycle"),
    "latitude": ("위도", "위도좌표", "경위도Y좌표", "latitude", "lat"),
    "longitude": ("경도", "경도좌표", "경위도X좌표", "longitude", "lon", "lng"),
    "stall_count": ("점포수", "총점포수", "storNumber"),
    "goods_text": ("취급품목", "주요품목", "주요취급품목", "trtmntPrdlst"),
    "vouchers_text": ("사용가능상품권", "상품권", "가맹상품권", "useGcct"),
    "homepage": ("홈페이지주소", "홈페이지", "누리집", "homepageUrl"),
    "has_toilet": ("공중화장실보유여부", "화장실보유여부", "공중화장실", "pblicToiletYn"),
    "has_parking": ("주차장보유여부", "시장전용고객주차장보유여부", "주차장", "prkplceYn"),
    "founded_year": ("개설연도", "개설년도", "개설년", "estblYear"),
    "phone": ("전화번호", "연락처", "대표전화번호", "phoneNumber"),
    "reference_date": ("데이터기준일자", "기준일자", "데이터기준일", "기준일", "referenceDate"),
    "provider": ("제공기관명", "관리기관명", "기관명", "insttNm"),
    "official_code": ("시장코드", "전통시장코드", "시장관리번호"),
    "province": ("시도", "시도명", "광역시도"),
    "city": ("시군구", "시군구명"),
    "provider_code": ("제공기관코드", "insttCode"),
    "serial": ("순번", "연번", "번호"),
}
SERVICES_FILE = "전통시장·상점가 배송·장보기 서비스 현황"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands, and the headers not used: (position, header, reason)."""

    delimiter: str
    width: int
    at: dict[str, int]
    unused: tuple[tuple[int, str, ReasonCode], ...]


def header_key(header: str) -> str:
    """A header without spaces, underlines, signs, case and byte order mark."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", header).casefold())


_FIELD_OF = {header_key(header): field for field, headers in KNOWN_HEADERS.items() for header in headers}
_RANK = {header_key(header): rank for headers in KNOWN_HEADERS.values() for rank, header in enumerate(headers)}


def _known_key(header: str) -> str:
    """The key by which a header is known, with or without what it says in brackets; "" for an unknown one."""
    for text in (header, re.sub(r"[(\[].*?[)\]]", "", header)):
        if (key := header_key(text)) in _FIELD_OF:
            return key
    return ""


def read_columns(line: str) -> Columns:
    """Columns of a header line, with the delimiter that makes most of them known.

    Raises FileOtherKind for the list of delivery services, ColumnsMissing without a name or without any address.
    """
    if len(line) > LONGEST_LINE:
        raise ColumnsMissing(missing="시장명", found=f"{line[:80]}…")
    by_delimiter = {mark: cells for mark in DELIMITERS if (cells := cells_of(line, mark))}
    if not by_delimiter:
        raise ColumnsMissing(missing="시장명", found=line[:80])
    delimiter = max(by_delimiter, key=lambda mark: sum(map(bool, map(_known_key, by_delimiter[mark]))))
    headers = by_delimiter[delimiter]
    _refuse_other_kinds(headers)
    columns = _placed(delimiter, headers)
    missing = [KNOWN_HEADERS["name"][0]] if "name" not in columns.at else []
    if not {"address_road", "address_lot"} & columns.at.keys():
        missing.append(f"{KNOWN_HEADERS['address_road'][0]} 또는 {KNOWN_HEADERS['address_lot'][0]}")
    if missing:
        raise ColumnsMissing(missing=", ".join(missing), found=_listed(headers))
    return columns


def _placed(delimiter: str, headers: Sequence[str]) -> Columns:
    """Give each field its best header: the one that stands first in `KNOWN_HEADERS`, then first in the file."""
    at: dict[str, int] = {}
    keys = [_known_key(header) for header in headers]
    for position in sorted((i for i, key in enumerate(keys) if key), key=lambda i: (_RANK[keys[i]], i)):
        at.setdefault(_FIELD_OF[keys[position]], position)
    used = set(at.values())
    return Columns(
        delimiter=delimiter,
        width=len(headers),
        at=at,
        unused=tuple((i, header.strip(), _why_unused(keys[i])) for i, header in enumerate(headers) if i not in used),
    )


def _why_unused(key: str) -> ReasonCode:
    return "column_repeated" if key else "column_unknown"


def _refuse_other_kinds(headers: Sequence[str]) -> None:
    joined = " ".join(map(header_key, headers))
    if "배송서비스" in joined and "장보기서비스" in joined:
        raise FileOtherKind(kind=SERVICES_FILE)


def _listed(headers: Sequence[str]) -> str:
    shown = [header.strip()[:20] for header in headers[:12]]
    return ", ".join(shown) + (" …" if len(headers) > len(shown) else "")
