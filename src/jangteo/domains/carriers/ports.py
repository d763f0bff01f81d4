"""What carriers can do for a market, whoever they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from jangteo.domains.carriers.rules import Point
from jangteo.domains.carriers.states import QuickState, Sighting


class CarrierRejected(Exception):
    """A final no. `code` is the carrier's own, `message` is for people and may be ""."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


class CarrierUnknown(Exception):
    """No answer, or one that decides nothing: it may have happened. Ask before anything is repeated."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One end of an errand. `phone` is digits only."""

    address: str
    detail: str
    point: Point
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be carried from where to where. `goods` and `note` are for the courier."""

    pick_up: Stop
    drop_off: Stop
    goods: str
    note: str


@dataclass(frozen=True, slots=True)
class QuickSnapshot:
    """An errand as the courier company sees it now. `won` is None while no price is known."""

    ref: str
    state: QuickState
    won: int | None


class QuickCourier(Protocol):
    """Safe to share between threads. Every call raises CarrierRejected and CarrierUnknown."""

    name: str

    def estimate(self, *, errand: Errand) -> int:
        """What it would cost, in won. Nothing is ordered; names and numbers of people are not sent."""
        ...

    def order(self, *, errand: Errand, ref: str) -> QuickSnapshot:
        """Call a courier. The same `ref` is ordered once: again, it is refused or answered with the first."""
        ...

    def status(self, *, ref: str) -> QuickSnapshot | None:
        """The errand now, None where there is none."""
        ...

    def cancel(self, *, ref: str) -> QuickSnapshot:
        """Stop it, as long as no courier has the goods."""
        ...


class ParcelTracker(Protocol):
    """Safe to share between threads."""

    name: str

    def track(self, *, carrier: str, number: str) -> tuple[Sighting, ...]:
        """Everything seen of a parcel so far; empty when nobody has seen it yet. `carrier` is a key of CARRIERS.

        Raises CarrierRejected where asking again helps nobody, CarrierUnknown otherwise.
        """
        ...


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a sheet. `careful` says what is cold or breaks easily."""

    market: str
    number: int
    name: str
    phone: str
    address: str
    careful: str
    wanted_at: datetime


class LabelPress(Protocol):
    def labels_pdf(self, labels_: Sequence[Label], /) -> bytes:
        """A4, eight to a page. Raises ValueError for none."""
        ...
