"""The writer thinks again, for a day."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.actions.keep_words import keep_photos, keep_words
from jangteo.domains.reviews.actions.move_review import move_review
from jangteo.domains.reviews.errors import EditOver
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.rules import EDIT_HOURS, EDITED_WITHIN
from jangteo.domains.reviews.states import ReviewState
from jangteo.domains.reviews.wanted import WantedReview
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def edit_review(*, market: Market, actor: Actor, token: str, wanted: WantedReview) -> Review:
    """Change stars, words and photos. What was odd or hidden waits for the association again.

    Raises Review.DoesNotExist, EditOver, and what `keep_words` raises.
    """
    review = Review.objects.select_for_update().get(token=token)
    moment = clock.now()
    if review.state == ReviewState.DELETED or moment - review.written_at > EDITED_WITHIN:
        raise EditOver(hours=EDIT_HOURS)
    was_stars, waits = review.stars, review.state == ReviewState.WAITING
    to = keep_words(review=review, wanted=wanted)
    review.edited_at = moment
    # Nobody writes what waits into being shown by themselves.
    to = ReviewState.WAITING if waits else to
    move_review(review=review, to=to, actor=actor, reason="edited", was_stars=was_stars)
    keep_photos(review=review, wanted=wanted)
    audit.record(actor, "review.edited", f"review:{review.pk}", stars=review.stars)
    return review
