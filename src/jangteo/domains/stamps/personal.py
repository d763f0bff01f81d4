"""Stamps of a customer."""

from __future__ import annotations

from django.db.models import Sum

from jangteo.domains.stamps.actions.forget_person import forget_person
from jangteo.domains.stamps.models import Card
from jangteo.kernel.personal import Kept, Part, Person


def kept(person: Person) -> list[Kept]:
    """A row for each card. One query."""
    cards = Card.objects.filter(user_id=person.user_id).select_related("programme__stall")
    counted = cards.annotate(count=Sum("stamps__count")).order_by("-pk")
    rows = (
        {
            "stall": card.programme.stall.name if card.programme.stall else "",
            "what": card.programme.reward,
            "count": card.count or 0,
            "at": card.opened_at,
        }
        for card in counted
    )
    return [Kept("stamps", tuple(rows))]


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"stamps.Card", "stamps.Code"}))
