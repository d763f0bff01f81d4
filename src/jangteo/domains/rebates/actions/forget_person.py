"""Rebates of a person who wants to be forgotten."""

from __future__ import annotations

from django.db.models import QuerySet

from jangteo.domains.rebates.models import RebateEvent, RebatePerson, RebateVisit
from jangteo.domains.rebates.persons import person_digest
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


def persons_of(person: Person) -> QuerySet[RebatePerson]:
    """Those whose digest is made of the proven number, one for each event. One query for the events."""
    events = RebateEvent.objects.values_list("pk", flat=True) if person.phone else ()
    return RebatePerson.objects.filter(digest__in=[person_digest(pk, person.phone) for pk in events])


def numbers_of(person: Person) -> QuerySet[RebateVisit]:
    """Numbers of the queue whose turn is told to the proven number."""
    return RebateVisit.objects.filter(phone=person.phone) if person.phone else RebateVisit.objects.none()


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Take what can be read away. The digest stays until the event's own time is over: nobody is paid twice."""
    wiped = persons_of(person).exclude(shown="").update(shown="")
    return [Forgotten("rebates", wiped + numbers_of(person).update(phone="", told=""))]
