"""A customer says how a purchase was."""

from __future__ import annotations

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market, Stall
from jangteo.domains.ordering.models import Line, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.domains.reviews.actions.enter_event import enter_event
from jangteo.domains.reviews.actions.keep_words import keep_photos, keep_words
from jangteo.domains.reviews.actions.move_review import move_review
from jangteo.domains.reviews.errors import NotBought, OwnStall, Written
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.queries import review_of_purchase
from jangteo.domains.reviews.states import ReviewState
from jangteo.domains.reviews.wanted import Purchase, WantedReview
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.masking import name as masked_name


@action
def write_review(*, market: Market, actor: Actor, purchase: Purchase, wanted: WantedReview) -> Review:
    """Keep the review; what looks odd waits for the association. One that its writer deleted is written anew.

    Raises NotBought, OwnStall, Written, BadStars, WordsTooLong, TooManyPhotos.
    """
    review = _begun(market, purchase)
    if review.state not in ("", ReviewState.DELETED):
        raise Written
    to = keep_words(review=review, wanted=wanted)
    review.written_at, review.edited_at = clock.now(), None
    move_review(review=review, to=to, actor=actor, reason=", ".join(review.suspicions), was_stars=0)
    keep_photos(review=review, wanted=wanted)
    enter_event(review=review)
    audit.record(actor, "review.written", f"review:{review.pk}", stars=review.stars)
    return review


def _begun(market: Market, purchase: Purchase) -> Review:
    """The purchase's review as it is, or a new one. Holds the purchase, so that two at once are one."""
    if purchase.part_id is not None:
        new = _of_part(purchase, purchase.part_id)
    elif purchase.sale_id is not None:
        new = _of_sale(purchase, purchase.sale_id)
    else:
        raise NotBought
    earlier = review_of_purchase(purchase)
    if earlier is not None:
        return Review.objects.select_for_update().get(pk=earlier.pk)
    new.market, new.good_id, new.token, new.state = market, purchase.good_id, ids.new_token(), ""
    return new


def _of_part(purchase: Purchase, part_id: int) -> Review:
    """Raises NotBought unless the customer has the goods and the good was among them, OwnStall."""
    found = StallPart.objects.select_for_update(of=("self",)).select_related("order", "stall")
    part = found.filter(pk=part_id, state=PartState.HANDED_OVER).first()
    if part is None:
        raise NotBought
    if purchase.good_id is not None and not Line.objects.filter(part=part, good_id=purchase.good_id).exists():
        raise NotBought
    order = part.order
    _not_ones_own(part.stall, order.phone)
    user_id = purchase.user_id or order.user_id
    return Review(stall=part.stall, part=part, user_id=user_id, writer=masked_name(order.name))


def _of_sale(purchase: Purchase, sale_id: int) -> Review:
    """Raises NotBought unless it was paid and is known to be this person's, OwnStall."""
    found = CounterSale.objects.select_for_update(of=("self",)).select_related("stall", "customer")
    sale = found.filter(pk=sale_id, state=SaleState.PAID).first()
    if sale is None or sale.customer is None or sale.customer_id != purchase.user_id or purchase.good_id is not None:
        raise NotBought
    _not_ones_own(sale.stall, sale.customer.phone or "")
    return Review(stall=sale.stall, sale=sale, user_id=purchase.user_id, writer=masked_name(sale.customer.name))


def _not_ones_own(stall: Stall, phone: str) -> None:
    digits = [c for c in phone if c.isdigit()]
    if digits and digits == [c for c in stall.phone if c.isdigit()]:
        raise OwnStall
