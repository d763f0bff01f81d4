"""What a delivery keeps of the person whose door it was."""

from __future__ import annotations

from jangteo.domains.rounds.actions.forget_person import doors_of, forget_person
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """One query. The picture itself stands on the order's own page as long as there is one."""
    rows: tuple[Row, ...] = tuple(
        {"address": stop.building, "photos": int(bool(stop.photo)), "at": stop.changed_at} for stop in doors_of(person)
    )
    return [Kept("doors", rows)]


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"rounds.Stop"}))
