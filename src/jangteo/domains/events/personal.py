"""What a customer signed up for."""

from __future__ import annotations

from jangteo.domains.events.actions.forget_person import forget_person
from jangteo.domains.events.models import SignUp
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """One query; sign-ups are known by nothing but the number that was given."""
    if not person.phone:
        return [Kept("events", ())]
    rows = SignUp.objects.filter(phone=person.phone).order_by("-pk")
    return [Kept("events", tuple(_row(one) for one in rows))]


def _row(one: SignUp) -> Row:
    return {"at": one.at, "name": one.name, "phone": one.phone, "count": one.people}


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"events.SignUp"}))
