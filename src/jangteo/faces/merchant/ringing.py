"""Which orders a phone of the stall rings for: the owner's for each, the family's when it is their turn."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.ordering.cover import Plan, family_rings
from jangteo.domains.ordering.queries_cover import plan_of
from jangteo.domains.people.models import Role
from jangteo.faces._parts.devices import AtStall
from jangteo.faces.merchant.slips import Slip, Slips


@dataclass(frozen=True, slots=True)
class Ringing:
    """`calls` ring on this phone. `waits` is the plan of a family's phone that keeps quiet for now, else None."""

    calls: list[Slip]
    waits: Plan | None = None


def ringing_on(at: AtStall, slips: Slips) -> Ringing:
    """One query more on a phone of the family."""
    if at.device.role != Role.FAMILY:
        return Ringing(slips.new)
    plan = plan_of(at.stall.pk)
    told = [slip for slip in slips.new if family_rings(plan, bool(slip.part.told))]
    return Ringing(told, plan if len(told) < len(slips.new) else None)
