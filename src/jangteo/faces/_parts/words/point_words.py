"""Moves of points in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jangteo.domains.promotions.queries_points import Moved, PointMove

# From the giver's side: what customers have more, and what they have less.
WHY: dict[Moved, tuple[Promise, str]] = {
    Moved.GIVEN: (_("드렸어요"), "+"),
    Moved.USED: (_("손님이 썼어요"), "−"),
    Moved.BACK: (_("주문이 취소돼서 거뒀어요"), "−"),
    Moved.EXPIRED: (_("날짜가 지나 없어졌어요"), "−"),
    Moved.RETURNED: (_("돌려준 주문이라 다시 드렸어요"), "+"),
}


@dataclass(frozen=True, slots=True)
class PointRow:
    """`sign` is + where customers have more of it."""

    at: datetime
    words: Promise
    sign: str
    won: int


def point_rows(moves: Sequence[PointMove]) -> list[PointRow]:
    return [PointRow(one.at, *WHY[one.why], one.won) for one in moves]


def percent(bp: int) -> str:
    return f"{bp // 100}%" if bp % 100 == 0 else f"{bp / 100:g}%"
