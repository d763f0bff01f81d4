"""How an order's errand and parcels are shown, to the association and to its customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jangteo.domains.carriers.models import Parcel, QuickCall
from jangteo.domains.carriers.queries import Leaving
from jangteo.domains.carriers.rules import CARRIERS
from jangteo.faces._parts.words.carrier_words import PARCEL_LABELS, QUICK_LABELS, TROUBLE_LABELS, Label


@dataclass(frozen=True, slots=True)
class ParcelShown:
    """`link` leads to the carrier's own page of this parcel. `stall` is "" for the whole order."""

    row: Parcel
    carrier: str
    link: str
    stall: str
    label: Label

    @property
    def grouped(self) -> str:
        """The number as people read it out, in fours."""
        return " ".join(self.row.number[at : at + 4] for at in range(0, len(self.row.number), 4))


@dataclass(frozen=True, slots=True)
class QuickShown:
    row: QuickCall
    label: Label


@dataclass(frozen=True, slots=True)
class Carried:
    """`quick` is the newest errand."""

    quick: QuickShown | None
    parcels: Sequence[ParcelShown]


def carried_shown(one: Leaving) -> Carried:
    quick = None if one.quick is None else QuickShown(one.quick, QUICK_LABELS[one.quick.state])
    return Carried(quick, [parcel_shown(parcel) for parcel in one.parcels])


def parcel_shown(parcel: Parcel) -> ParcelShown:
    carrier = CARRIERS[parcel.carrier]
    label = TROUBLE_LABELS[parcel.trouble] if parcel.trouble else PARCEL_LABELS[parcel.state]
    stall = "" if parcel.stall is None else parcel.stall.name
    return ParcelShown(parcel, carrier.name, carrier.link(parcel.number), stall, label)
