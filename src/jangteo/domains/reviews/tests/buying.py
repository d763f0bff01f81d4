"""Somebody who has bought something."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.accept_part import accept_part
from jangteo.domains.ordering.actions.hand_over_part import hand_over_part
from jangteo.domains.ordering.actions.place_order import place_order
from jangteo.domains.ordering.actions.ready_part import ready_part
from jangteo.domains.ordering.models import StallPart
from jangteo.domains.people.actions.register_customer import register_customer
from jangteo.domains.people.models import User
from jangteo.domains.reviews.actions.write_review import write_review
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.wanted import Purchase, WantedReview
from jangteo.kernel import ids
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import in_market
from tests.world import GUEST, World, wants


def bought(world: World, *goods: Good, user: User | None = None, handed: bool = True) -> StallPart:
    """The stall's part of an order of these goods of one stall, in the customer's hands or still new."""
    wanted = wants(*((good, 1) for good in goods or (world.tofu,)))
    user_id = None if user is None else user.pk
    placed = place_order(market=world.market, actor=GUEST, wanted=wanted, key=ids.new_token(), user_id=user_id)
    with in_market(world.market.pk):
        part = StallPart.objects.get(order_id=placed.order_id)
    if handed:
        hand_over(world.market, part)
    return part


def hand_over(market: Market, part: StallPart) -> None:
    for act in (accept_part, ready_part, hand_over_part):
        act(market=market, actor=SYSTEM, part_id=part.pk)


def customer(world: World, last: int) -> User:
    return register_customer(market=world.market, actor=SYSTEM, phone=f"0105555{last:04d}")


def written(
    world: World, stars: int = 5, words: str = "", part: StallPart | None = None, user: User | None = None
) -> Review:
    part = part or bought(world, user=user)
    purchase = Purchase(part_id=part.pk, user_id=None if user is None else user.pk)
    return write_review(market=world.market, actor=GUEST, purchase=purchase, wanted=WantedReview(stars, words))
