"""Who is told of an order that nobody answers: first the owner's phones, then the family's, then the association.

Plain rules. A phone that has not been heard of for a while cannot ring, so nobody waits long for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

USUAL_MINUTES = 5
MINUTES = (2, 3, 5, 10)
# A phone on the screens of its stall says every half minute that it is there.
SILENT_AFTER = timedelta(seconds=90)
# A silent phone may just have lost its network; it gets as long as a walk around the stall.
WAIT_FOR_SILENT = timedelta(minutes=1)


class Family(StrEnum):
    """When the family's phones ring: with the owner's, when the owner's turn is over, or never."""

    AT_ONCE = "at_once"
    LATER = "later"
    NEVER = "never"


class Told(StrEnum):
    """Who is told of a waiting order besides the owner; each includes the ones before."""

    NOBODY = ""
    FAMILY = "family"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a stall has decided. `minutes` is how long each of its phones has to answer."""

    minutes: int = USUAL_MINUTES
    family: Family = Family.LATER


@dataclass(frozen=True, slots=True)
class Heard:
    """Which phones of a stall are there just now."""

    owner: bool
    family: bool


def told(plan: Plan, heard: Heard, waited: timedelta) -> Told:
    """Who must have been told of an order that has waited for so long."""
    turn = timedelta(minutes=plan.minutes)
    owners_turn = turn if heard.owner else WAIT_FOR_SILENT
    familys_turn = turn if heard.family and plan.family != Family.NEVER else timedelta(0)
    if waited >= owners_turn + familys_turn:
        return Told.OFFICE
    return Told.FAMILY if waited >= owners_turn else Told.NOBODY


def family_rings(plan: Plan, passed_on: bool) -> bool:
    """Whether the family's phones ring for a new order; `passed_on` when the owner's turn is over."""
    return plan.family == Family.AT_ONCE or (plan.family == Family.LATER and passed_on)
