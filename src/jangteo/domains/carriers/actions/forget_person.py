"""Errands to the door of a person who wants to be forgotten."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jangteo.domains.carriers.models import QuickCall
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


def calls_of(person: Person) -> QuerySet[QuickCall]:
    """Errands of the person's orders that still say where the door is, newest first."""
    theirs = Q(order__user_id=person.user_id)
    if person.phone:
        theirs |= Q(order__phone=person.phone)
    return QuickCall.objects.filter(theirs).exclude(address="").order_by("-pk")


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Address, place and notes go; what it cost stays for the books. Comes before the orders forget whose they were."""
    gone = QuickCall.objects.filter(pk__in=calls_of(person).order_by().values("pk")).update(
        address="", detail="", note="", lat_micro=None, lng_micro=None
    )
    return [Forgotten("errands", gone)]
