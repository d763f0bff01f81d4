"""What an order brings to a wave, and what customers are offered. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jangteo.domains.delivery.addresses import Address
from jangteo.domains.delivery.fees import Fee, Terms


@dataclass(frozen=True, slots=True)
class Load:
    """An order that wants a seat: where it goes, the fee that was agreed, and the stalls that pack it."""

    order_id: int
    address: Address
    fee: Fee
    stall_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """An address in a zone. `text` is what a courier reads. `was` and `now`: the district that moved, or ""."""

    zone_id: int
    zone: str
    text: str
    place_id: int | None = None
    lat_e6: int | None = None
    lon_e6: int | None = None
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A window that can be kept. `cut_off` is until when it may be chosen, `left` how many seats it has."""

    wave_id: int
    starts: datetime
    ends: datetime
    cut_off: datetime
    fee: Fee
    left: int


@dataclass(frozen=True, slots=True)
class Offers:
    """`why_not` and `facts` are of the refusal ("delivery.outside_zones") where nothing can be offered, else ""."""

    located: Located | None
    offers: tuple[Offer, ...]
    fee: Fee | None = None
    terms: Terms | None = None
    why_not: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)
