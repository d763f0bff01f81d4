"""What rebates keep of somebody: a digest that only this installation can make and a masked name; while they wait to be
called, a telephone number.
"""

from __future__ import annotations

from jangteo.domains.rebates.actions.forget_person import forget_person, numbers_of, persons_of
from jangteo.kernel import masking
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """Three queries."""
    people = persons_of(person).select_related("event").order_by("-pk")
    waits = numbers_of(person).select_related("event").order_by("-pk")
    rows: list[Row] = [{"what": one.event.name, "shown": one.shown, "at": one.came_at} for one in people]
    rows += [{"what": one.event.name, "shown": masking.phone(one.phone), "at": one.taken_at} for one in waits]
    return [Kept("rebates", tuple(rows))]


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"rebates.RebatePerson", "rebates.RebateVisit"}))
