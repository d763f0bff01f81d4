"""Stamps of a person who wants to be forgotten, who was told that they are lost."""

from __future__ import annotations

from jangteo.domains.stamps.models import Card, Code, Stamp
from jangteo.domains.stamps.queries import standing_of
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import SYSTEM, Actor
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """End what is on every card, and the digits of the person's page."""
    return [Forgotten("stamps", lapse_cards(user_id=person.user_id, actor=SYSTEM))]


@step
def lapse_cards(*, user_id: int, actor: Actor) -> int:
    """How many stamps went."""
    now, count = clock.now(), 0
    cards = Card.objects.select_for_update(of=("self",)).filter(user_id=user_id).select_related("programme")
    for card in cards.order_by("pk"):
        live = standing_of(card, card.programme, now).live
        if live:
            Stamp.objects.create(
                market_id=card.market_id,
                programme_id=card.programme_id,
                card=card,
                kind=Stamp.Kind.LAPSED,
                count=-live,
                actor_ref=actor.ref,
                at=now,
            )
        card.due_at = None
        card.save(update_fields=["due_at"])
        count += live
    Code.objects.filter(user_id=user_id).delete()
    return count
