"""A card is full: its stamps become a coupon."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.give_piece import Giving, give_piece
from jangteo.domains.promotions.errors import PromotionsRefused
from jangteo.domains.stamps.actions.write_stamps import settle_card
from jangteo.domains.stamps.models import Card, Stamp
from jangteo.domains.stamps.queries import standing_of
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor

# A coupon that is stopped or used up may be had again; nobody loses stamps over it.
TRIED_AGAIN = timedelta(hours=1)


@action
def give_reward(*, market: Market, actor: Actor, card_id: int) -> int:
    """Give what the card has earned, once for each time it is full. How many coupons.

    Where the coupon cannot be given now, the stamps stay, and it is tried again later.
    """
    card = (
        Card.objects.select_for_update(of=("self",))
        .select_related("programme__coupon", "programme__stall")
        .get(pk=card_id)
    )
    if card.due_at is None:
        return 0
    given = 0
    while standing_of(card, card.programme, clock.now()).live >= card.programme.need:
        try:
            with transaction.atomic():
                _give(card, actor)
        except PromotionsRefused as no:
            audit.record(actor, "stamps.no_reward", f"card:{card.pk}", why=no.code)
            card.due_at = clock.now() + TRIED_AGAIN
            card.save(update_fields=["due_at"])
            return given
        given += 1
    settle_card(card=card, programme=card.programme)
    return given


def _give(card: Card, actor: Actor) -> None:
    programme = card.programme
    row = Stamp.objects.create(
        market_id=card.market_id,
        programme=programme,
        card=card,
        stall_id=programme.stall_id,
        kind=Stamp.Kind.REWARD,
        count=-programme.need,
        actor_ref=actor.ref,
        at=clock.now(),
    )
    giving = Giving(card.user_id, f"stamps:{row.pk}", "stamps")
    piece = give_piece(coupon=programme.coupon, giving=giving, actor=actor)
    audit.record(actor, "stamps.rewarded", f"card:{card.pk}", coupon=piece.coupon_id)
