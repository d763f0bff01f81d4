"""What errands of quick couriers keep of the person at the door."""

from __future__ import annotations

from jangteo.domains.carriers.actions.forget_person import calls_of, forget_person
from jangteo.domains.carriers.states import QUICK_IS_OVER
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """One query."""
    rows: tuple[Row, ...] = tuple(
        {"address": f"{call.address} {call.detail}".strip(), "note": call.note, "at": call.asked_at}
        for call in calls_of(person)
    )
    return [Kept("errands", rows)]


def under_way(person: Person) -> int:
    """Errands that are not over. One query."""
    return calls_of(person).exclude(state__in=QUICK_IS_OVER).count()


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"carriers.QuickCall"}), waits_for=under_way)
