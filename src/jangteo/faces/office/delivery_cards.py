"""Zones, windows, fees and waves as the association reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jangteo.domains.delivery.fees import Terms
from jangteo.domains.delivery.models import FeePolicy, Seat, Wave, Window, Zone
from jangteo.domains.delivery.queries import terms_of
from jangteo.domains.ordering.models import Order
from jangteo.faces._parts.words.delivery_words import PAYERS, cost_examples, window_words
from jangteo.faces.office.delivery_forms import WEEKDAYS


@dataclass(frozen=True, slots=True)
class ZoneCard:
    """A zone with the names of its places."""

    zone: Zone
    places: Sequence[str]


@dataclass(frozen=True, slots=True)
class WindowCard:
    """A window with its weekdays as words."""

    window: Window
    days: str
    is_daily: bool


@dataclass(frozen=True, slots=True)
class FeeCard:
    """A fee with the sentences that say what it costs whom. `starts` None: the one in force."""

    terms: Terms
    payer: str
    examples: Sequence[str]
    starts: date | None = None


@dataclass(frozen=True, slots=True)
class WaveCard:
    """A wave with its hours as words; `said` is the end that customers were told last, None for the first one."""

    wave: Wave
    hours: str
    left: int


@dataclass(frozen=True, slots=True)
class SeatCard:
    """One stop: where, and which order, None where its market's orders do not know it."""

    address: str
    order: Order | None


def zone_card(zone: Zone) -> ZoneCard:
    """The zone needs its places at hand."""
    return ZoneCard(zone, sorted(place.name for place in zone.places.all() if place.is_on))


def window_card(window: Window) -> WindowCard:
    """월·화·수, or every day."""
    names = dict(WEEKDAYS)
    return WindowCard(window, "·".join(str(names[str(day)]) for day in window.days), len(window.days) == len(names))


def fee_card(fee: Terms | FeePolicy) -> FeeCard:
    """Terms, or the row that they are written in."""
    terms = fee if isinstance(fee, Terms) else terms_of(fee)
    starts = None if isinstance(fee, Terms) else fee.starts
    return FeeCard(terms, str(PAYERS[terms.payer]), cost_examples(terms), starts)


def wave_card(wave: Wave) -> WaveCard:
    """Its hours as they were promised."""
    return WaveCard(wave, window_words(wave.starts_at, wave.ends_at), wave.capacity - wave.taken)


def wave_seats(seats: Sequence[Seat], orders: Mapping[int, Order]) -> list[SeatCard]:
    """In the order of addresses, so that neighbours stand together."""
    return sorted((SeatCard(seat.address, orders.get(seat.order_id)) for seat in seats), key=lambda one: one.address)
