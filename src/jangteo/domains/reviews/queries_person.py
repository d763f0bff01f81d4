"""Which reviews are one person's."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jangteo.domains.reviews.models import Review
from jangteo.kernel.personal import Person


def reviews_of_person(person: Person) -> QuerySet[Review]:
    """Of the account, and about orders that were placed with its proven number."""
    theirs = Q(user_id=person.user_id)
    if person.phone:
        theirs |= Q(part__order__phone=person.phone)
    return Review.objects.filter(theirs)
