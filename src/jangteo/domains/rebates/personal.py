"""What rebates keep of somebody: a digest that only this installation can make, and a masked name."""

from __future__ import annotations

from jangteo.domains.rebates.actions.forget_person import forget_person, persons_of
from jangteo.kernel.personal import Kept, Part, Person


def kept(person: Person) -> list[Kept]:
    """Two queries."""
    rows = persons_of(person).select_related("event").order_by("-pk")
    return [Kept("rebates", tuple({"what": one.event.name, "shown": one.shown, "at": one.came_at} for one in rows))]


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"rebates.RebatePerson"}))
