"""The wrong number was typed: for some seconds the stall takes the stamp back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.stamps import rules
from jangteo.domains.stamps.actions.write_stamps import settle_card
from jangteo.domains.stamps.errors import TooLate
from jangteo.domains.stamps.models import Card, Stamp
from jangteo.domains.stamps.queries import put_for
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_back_stamp(*, market: Market, actor: Actor, stall_id: int, purchase: str) -> int:
    """Take back what was put for this purchase, by a row of its own. How many stamps; 0 on a second tap.

    Raises TooLate.
    """
    cards = Card.objects.filter(pk__in=[stamp.card_id for stamp in put_for(purchase, stall_id)])
    locked = {card.pk: card for card in cards.select_for_update().order_by("pk")}
    stamps = put_for(purchase, stall_id)
    now = clock.now()
    if any(now - stamp.at > rules.TAKEN_BACK_WITHIN + rules.GRACE for stamp in stamps):
        raise TooLate
    for stamp in stamps:
        _back(stamp, actor)
        settle_card(card=locked[stamp.card_id], programme=stamp.programme)
    count = sum(stamp.count for stamp in stamps)
    if stamps:
        audit.record(actor, "stamps.taken_back", f"user:{stamps[0].card.user_id}", stall=stall_id, count=count)
    return count


def _back(stamp: Stamp, actor: Actor) -> None:
    Stamp.objects.create(
        market_id=stamp.market_id,
        programme_id=stamp.programme_id,
        card_id=stamp.card_id,
        stall_id=stamp.stall_id,
        kind=Stamp.Kind.BACK,
        count=-stamp.count,
        purchase=stamp.purchase,
        turn=stamp.turn,
        undoes=stamp,
        actor_ref=actor.ref,
        at=clock.now(),
    )
