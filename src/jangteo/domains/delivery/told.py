"""What the association writes down: zones, windows, fees. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from jangteo.domains.delivery.fees import Terms


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A 동 or a building; coordinates in micro-degrees, both or neither."""

    name: str
    kind: str = "dong"
    lat_e6: int | None = None
    lon_e6: int | None = None


@dataclass(frozen=True, slots=True)
class NewZone:
    """`radius_m` None: only the listed places. With one the centre is needed."""

    name: str
    places: tuple[NewPlace, ...] = ()
    lat_e6: int | None = None
    lon_e6: int | None = None
    radius_m: int | None = None


@dataclass(frozen=True, slots=True)
class NewWindow:
    """As in `models.Window`; `days` are ISO weekdays."""

    days: tuple[int, ...]
    starts: time
    ends: time
    cut_off_minutes: int
    capacity: int
    runs: str = "always"
    on_holidays: bool = False


@dataclass(frozen=True, slots=True)
class NewFee:
    """The terms that hold from a day on."""

    starts: date
    terms: Terms
