"""Calls of a person who wants to be forgotten."""

from __future__ import annotations

from jangteo.domains.calls.callers import caller_digest
from jangteo.domains.calls.models import PhoneOrder
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person
from jangteo.kernel.tenancy import current


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Nobody is known again by their number; what was read out stays with the order and says nothing of them."""
    market_id = current().market_id
    if not person.phone or market_id is None:
        return [Forgotten("calls", 0)]
    theirs = PhoneOrder.objects.filter(caller=caller_digest(market_id, person.phone))
    return [Forgotten("calls", theirs.update(caller="", text_to=""))]
