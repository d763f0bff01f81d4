"""What people tell of an event, a sign-up or a flash sale, before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewEvent:
    """`places` None where one just comes; `photo` is the name of a kept photo or ""."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    body: str = ""
    place: str = ""
    photo: str = ""
    places: int | None = None
    most_people: int = 1
    has_waiting: bool = True
    coupon_id: int = 0
    stall_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NewSignUp:
    """`phone` in any usual Korean form."""

    name: str
    phone: str
    people: int = 1


@dataclass(frozen=True, slots=True)
class NewFlash:
    """Goods of one stall, so many per cent less from a time until a time."""

    stall_id: int
    good_ids: tuple[int, ...]
    percent: int
    starts_at: datetime
    ends_at: datetime
