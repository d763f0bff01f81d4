"""Questions and claims of a person who wants to be forgotten."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jangteo.domains.inquiries.models import Inquiry
from jangteo.kernel import ids, masking
from jangteo.kernel.action import step
from jangteo.kernel.personal import Forgotten, Person


def inquiries_of_person(person: Person) -> QuerySet[Inquiry]:
    """Of the account, and about orders that were placed with its proven number."""
    theirs = Q(user_id=person.user_id)
    if person.phone:
        theirs |= Q(part__order__phone=person.phone) | Q(channel_ref=person.phone)
    return Inquiry.objects.filter(theirs)


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Three years are wanted for disputes (전자상거래법 시행령 6조): what was said stays, whose it was does not.

    Before the orders forget: some are found by them.
    """
    mine = inquiries_of_person(person).values("pk")
    rows = list(Inquiry.objects.select_for_update(of=("self",)).filter(pk__in=mine).order_by("pk"))
    for row in rows:
        row.user, row.token = None, ids.new_token()
        row.asker, row.channel_ref = masking.name(row.asker), ""
        row.save(update_fields=["user", "token", "asker", "channel_ref"])
    latest = max((row.changed_at for row in rows), default=None)
    return [Forgotten("inquiries", 0, len(rows), latest)]
