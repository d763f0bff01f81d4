"""Districts that have moved or changed their name, as data: people go on writing the old one for years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Moved:
    """District `was` of a town is `now` since a day; with `places` only that part of it is."""

    town: str
    was: str
    now: str
    since: date
    places: tuple[str, ...] = ()


_INCHEON = date(2026, 7, 1)
_YEONGJONG = ("영종", "운서동", "운남동", "운북동", "중산동", "용유", "을왕동", "남북동", "덕교동", "무의동")
_GEOMDAN = ("검단", "불로", "대곡동", "원당동", "당하동", "마전동", "금곡동", "왕길동", "오류", "아라1동", "아라2동")
# The first that fits counts, so parts stand before the rest. What stays 서구 needs no row.
MOVED = (
    Moved("인천", "중구", "영종구", _INCHEON, _YEONGJONG),
    Moved("인천", "중구", "제물포구", _INCHEON),
    Moved("인천", "동구", "제물포구", _INCHEON),
    Moved("인천", "서구", "검단구", _INCHEON, _GEOMDAN),
)
