"""Calls for help of a person who wants to be forgotten."""

from __future__ import annotations

from jangteo.domains.helping.models import HelpCall
from jangteo.domains.helping.rules import spellings
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Take name and number away, also of a call that waits: whoever wants to be forgotten is not called back."""
    if not person.phone:
        return [Forgotten("help_calls", 0)]
    return [
        Forgotten("help_calls", HelpCall.objects.filter(phone__in=spellings(person.phone)).update(phone="", who=""))
    ]
