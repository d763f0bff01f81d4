"""Doors of a person who wants to be forgotten."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet

from jangteo.domains.catalog import photo_files
from jangteo.domains.rounds.models import Stop
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


def doors_of(person: Person) -> QuerySet[Stop]:
    """Stops of the person's orders that still show or say where the door is, newest first."""
    theirs = Q(order__user_id=person.user_id)
    if person.phone:
        theirs |= Q(order__phone=person.phone)
    return Stop.objects.filter(theirs).exclude(photo="", building="").order_by("-pk")


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Photo and address go; that it was brought stays. Comes before the orders forget whose they were."""
    doors = list(doors_of(person).order_by("pk").select_for_update(of=("self",)))
    for stop in doors:
        if stop.photo:
            transaction.on_commit(partial(photo_files.remove, stop.photo))
    Stop.objects.filter(pk__in=[stop.pk for stop in doors]).update(photo="", building="")
    return [Forgotten("doors", len(doors))]
