"""What calls for help keep of the person who called."""

from __future__ import annotations

from jangteo.domains.helping.actions.forget_person import forget_person
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.helping.rules import spellings
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """One query; calls are known by nothing but the number that was given."""
    if not person.phone:
        return [Kept("help_calls", ())]
    calls = HelpCall.objects.filter(phone__in=spellings(person.phone)).order_by("-pk")
    return [Kept("help_calls", tuple(_row(one) for one in calls))]


def _row(one: HelpCall) -> Row:
    return {"called_at": one.called_at, "place": one.place, "name": one.who, "phone": one.phone}


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"helping.HelpCall"}))
