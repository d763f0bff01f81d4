"""Releases of the national file made up for tests: rows by Korean header, in any encoding and order of columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from jangteo.domains.markets.national.rows import MarketFile, read_file

TODAY = date(2025, 6, 1)
STANDARD = (
    *("시장명", "시장유형", "소재지도로명주소", "소재지지번주소", "시장개설주기", "위도", "경도", "점포수", "취급품목"),
    *(
        "사용가능상품권",
        "홈페이지주소",
        "공중화장실보유여부",
        "주차장보유여부",
        "개설연도",
        "전화번호",
        "데이터기준일자",
    ),
    *("제공기관코드", "제공기관명"),
)
SUNNY: dict[str, str] = {
    "시장명": "햇살시장",
    "시장유형": "상설장+5일장",
    "소재지도로명주소": "강원특별자치도 강릉시 금성로 21",
    "소재지지번주소": "강원특별자치도 강릉시 성남동 50",
    "시장개설주기": "2일+7일",
    "위도": "37.75401611",
    "경도": "128.8986236",
    "점포수": "276",
    "취급품목": "농산물+수산물",
    "사용가능상품권": "온누리상품권+강릉사랑상품권",
    "홈페이지주소": "http://sunny.kr",
    "공중화장실보유여부": "Y",
    "주차장보유여부": "N",
    "개설연도": "1980",
    "전화번호": "033-648-4477",
    "데이터기준일자": "2024-11-04",
    "제공기관코드": "B553077",
    "제공기관명": "소상공인시장진흥공단",
}
# Another town, another rhythm, little else known.
RIVER: dict[str, str] = {
    "시장명": "강가시장",
    "시장유형": "5일장",
    "소재지도로명주소": "전라남도 순천시 장평로 60",
    "시장개설주기": "5일+10일",
    "위도": "34.94512",
    "경도": "127.48711",
    "점포수": "90",
    "개설연도": "1928",
    "데이터기준일자": "2024-11-04",
}


def release(
    *rows: Mapping[str, str],
    columns: Sequence[str] = STANDARD,
    encoding: str = "cp949",
    delimiter: str = ",",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """A file of these rows; a header missing in a row is a blank cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]  # csv's constants are ints
    writer.writerow(columns)
    writer.writerows([row.get(column.strip(), "") for column in columns] for row in rows)
    return text.getvalue().encode(encoding)


def read(*rows: Mapping[str, str], today: date = TODAY) -> MarketFile:
    """These rows as the standard file, read."""
    return read_file(release(*rows), today)


def told(file: MarketFile) -> list[tuple[int, str, str]]:
    """Flagged findings as (row, field, code)."""
    return [(finding.row, finding.field, finding.code) for finding in file.flagged]
