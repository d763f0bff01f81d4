"""Where an errand of a quick courier and a parcel can stand. Both only go forward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class QuickState(StrEnum):
    ASKED = "asked"
    LOOKING = "looking"
    ASSIGNED = "assigned"
    PICKED_UP = "picked_up"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUSED = "refused"


QUICK_IS_OVER = frozenset({QuickState.DELIVERED, QuickState.CANCELLED, QuickState.REFUSED})
QUICK_CAN_STOP = frozenset({QuickState.ASKED, QuickState.LOOKING, QuickState.ASSIGNED})

# A courier may give an errand back before the pick-up: then another one is looked for. Nothing else goes back.
_BEFORE_PICK_UP = frozenset({QuickState.LOOKING, QuickState.ASSIGNED})
_ORDER = (QuickState.ASKED, QuickState.LOOKING, QuickState.ASSIGNED, QuickState.PICKED_UP, QuickState.DELIVERED)


def quick_goes(was: QuickState, became: QuickState) -> bool:
    """Whether an errand may move so. What is over stays over."""
    if was in QUICK_IS_OVER or was == became:
        return False
    if became in (QuickState.CANCELLED, QuickState.REFUSED):
        return became == QuickState.CANCELLED or was == QuickState.ASKED
    if {was, became} <= _BEFORE_PICK_UP:
        return True
    return _ORDER.index(became) > _ORDER.index(was)


class ParcelState(StrEnum):
    NOTED = "noted"
    ANNOUNCED = "announced"
    TAKEN = "taken"
    MOVING = "moving"
    OUT = "out"
    WAITING = "waiting"
    DELIVERED = "delivered"


class Sign(StrEnum):
    """What a carrier reports besides the way itself."""

    FAILED_DOOR = "failed_door"
    TROUBLE = "trouble"


_WAY = tuple(ParcelState)
_SIGNS = frozenset(one.value for one in Sign)


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """A carrier saw a parcel. `what` is a value of ParcelState or of Sign; `place` names a depot, never a person."""

    at: datetime
    what: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a parcel is: the farthest it was ever seen, since when, and the last place that is known.

    `trouble` is what went wrong last, "" when nothing did or the parcel went on since.
    """

    state: ParcelState
    since: datetime
    place: str
    trouble: str


def standing(noted_at: datetime, seen: Iterable[Sighting]) -> Standing:
    """The same for the same sightings in whatever order they came, and never behind what fewer of them gave."""
    state, since, place, trouble = ParcelState.NOTED, noted_at, "", ""
    for one in sorted(set(seen)):
        place = one.place or place
        if one.what in _SIGNS:
            trouble = one.what
            continue
        trouble = ""
        reached = ParcelState(one.what)
        if _WAY.index(reached) > _WAY.index(state):
            state, since = reached, one.at
    return Standing(state, since, place, "" if state == ParcelState.DELIVERED else trouble)


def is_ahead(one: ParcelState, other: ParcelState) -> bool:
    """Whether `one` lies farther on the way."""
    return _WAY.index(one) > _WAY.index(other)
