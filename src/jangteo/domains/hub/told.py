"""What people tell the hub. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NewPlan:
    """As in `models.HubPlan`; `street_id` None: the hub stands at the first street's gate."""

    brings: str = "picker"
    tour_minutes: int = 30
    shelves: int = 0
    is_on: bool = True
    street_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewRule:
    """As in `models.KeepRule`."""

    starts: date
    hours: int
    words: str


@dataclass(frozen=True, slots=True)
class Boxes:
    """What an order is packed in."""

    count: int = 1
    is_cold: bool = False
    is_fragile: bool = False
