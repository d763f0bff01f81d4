"""Parcel carriers and their numbers, when a parcel is asked about, and what a place on the map may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

# Between a check of a parcel and the next: twice as long each time that nothing is new.
FIRST_LOOK = timedelta(minutes=30)
LONGEST_WAIT = timedelta(hours=6)
ASKED_FOR = timedelta(days=21)
# A parcel that nobody has seen, or an errand that nobody takes: somebody of the association looks.
UNSEEN_AFTER = timedelta(days=2)
STILL_AFTER = timedelta(days=4)
UNANSWERED_AFTER = timedelta(minutes=5)
UNTAKEN_AFTER = timedelta(minutes=20)
# An errand that could not be handed over for so long is given up: the goods would come too late.
GIVEN_UP_AFTER = timedelta(minutes=30)

MOST_CARE = 40
MOST_NOTE = 100
MOST_DETAIL = 60

_BETWEEN = re.compile(r"[\s‐-―.·_-]+")
_DIGITS = re.compile(r"[0-9]+")
MICRO = 1_000_000
_POINT = re.compile(r"\s*\(?\s*([0-9]{1,3}(?:\.[0-9]{1,15})?)\s*[,\s]\s*([0-9]{1,3}(?:\.[0-9]{1,15})?)\s*\)?\s*")
# Korea and its islands, in micro-degrees.
_SOUTH, _NORTH, _WEST, _EAST = 32_500_000, 39_000_000, 124_000_000, 132_500_000
FARTHEST_MICRO = 500_000


@dataclass(frozen=True, slots=True)
class Carrier:
    """A parcel carrier. `lengths` are those of its numbers; `page` shows a parcel, with {} for the number.

    `by_seven`: the last digit is the rest of those before it divided by seven. No carrier has published that, so a
    number that breaks it is asked about once more and not refused.
    """

    key: str
    name: str
    lengths: frozenset[int]
    page: str
    by_seven: bool = False

    def link(self, number: str) -> str:
        return self.page.format(number)


CARRIERS: Mapping[str, Carrier] = {
    one.key: one
    for one in (
        Carrier(
            "cjlogistics",
            "CJ대한통운",
            frozenset({10, 12}),
            "https://trace.cjlogistics.com/next/tracking.html?wblNo={}",
            by_seven=True,
        ),
        Carrier(
            "epost",
            "우체국택배",
            frozenset({13}),
            "https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1={}",
        ),
        Carrier(
            "hanjin",
            "한진택배",
            frozenset({10, 12}),
            "https://www.hanjin.com/kor/CMS/DeliveryMgr/WaybillResult.do?mCode=MN038&schLang=KR&wblnumText2={}",
            by_seven=True,
        ),
        Carrier(
            "lotte",
            "롯데택배",
            frozenset({12}),
            "https://www.lotteglogis.com/mobile/reservation/tracking/linkView?InvNo={}",
            by_seven=True,
        ),
        Carrier("logen", "로젠택배", frozenset({11}), "https://www.ilogen.com/web/personal/trace/{}"),
        Carrier(
            "cupost",
            "CU 편의점택배",
            frozenset({10, 12}),
            "https://www.cupost.co.kr/postbox/delivery/localResult.cupost?invoice_no={}",
        ),
        Carrier(
            "daesin",
            "대신택배",
            frozenset({13}),
            "https://www.ds3211.co.kr/freight/internalFreightSearch.ht?billno={}",
        ),
        Carrier("chunilps", "천일택배", frozenset({11}), "http://www.chunil.co.kr/HTrace/HTrace.jsp?transNo={}"),
        Carrier("kunyoung", "건영택배", frozenset({10}), "https://www.kunyoung.com/goods/goods_02.php?mulno={}"),
    )
}


def plain_number(told: str) -> str:
    """Digits of a number as it was typed or pasted: spaces, hyphens and dots go. "" when anything else is in it."""
    number = _BETWEEN.sub("", told)
    return number if _DIGITS.fullmatch(number) else ""


def lengths_words(carrier: Carrier) -> str:
    """How many digits its numbers have: "10, 12"."""
    return ", ".join(str(one) for one in sorted(carrier.lengths))


def looks_right(carrier: Carrier, number: str) -> bool:
    """Whether the last digit is what it usually is. Of twelve digits carriers count all or all but the first two."""
    if not carrier.by_seven:
        return True
    body, last = number[:-1], int(number[-1])
    return last in {int(body) % 7, int(body[-9:]) % 7}


def next_look(now: datetime, idle_looks: int) -> datetime:
    """When a parcel is asked about again after so many looks without news."""
    doubled: timedelta = FIRST_LOOK * (1 << min(idle_looks, 10))
    return now + min(doubled, LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map in millionths of a degree."""

    lat_micro: int
    lng_micro: int


def read_point(told: str) -> Point | None:
    """The two numbers that a map gives, the latitude first ("37.5665, 126.9780"). None for anything else."""
    found = _POINT.fullmatch(told)
    if found is None:
        return None
    return Point(_micro(found[1]), _micro(found[2]))


def is_swapped(point: Point) -> bool:
    """Whether the longitude was written first."""
    return not in_korea(point) and in_korea(Point(point.lng_micro, point.lat_micro))


def in_korea(point: Point) -> bool:
    return _SOUTH <= point.lat_micro <= _NORTH and _WEST <= point.lng_micro <= _EAST


def is_near(one: Point, other: Point) -> bool:
    """Within about 50 km: farther away a quick courier is surely a slip."""
    return max(abs(one.lat_micro - other.lat_micro), abs(one.lng_micro - other.lng_micro)) <= FARTHEST_MICRO


def _micro(degrees: str) -> int:
    whole, _dot, part = degrees.partition(".")
    return int(whole) * MICRO + int((part + "000000")[:6])
