"""The writer takes a review back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.actions.keep_words import remove_photos
from jangteo.domains.reviews.actions.move_review import move_review
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.states import ReviewState
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def delete_review(*, market: Market, actor: Actor, token: str) -> Review:
    """Words, photos and the stall's answer go; that there was one stays. Again changes nothing.

    Raises Review.DoesNotExist.
    """
    review = Review.objects.select_for_update().get(token=token)
    if review.state == ReviewState.DELETED:
        return review
    review.words, review.answer, review.answered_at, review.suspicions = "", "", None, []
    remove_photos(review=review)
    move_review(review=review, to=ReviewState.DELETED, actor=actor, reason="writer", was_stars=review.stars)
    audit.record(actor, "review.deleted", f"review:{review.pk}")
    return review
