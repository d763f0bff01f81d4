"""The stall answers a review in public."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.errors import AnswerMissing, MoveNotAllowed
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.rules import MOST_ANSWER
from jangteo.domains.reviews.states import ReviewState
from jangteo.domains.reviews.suspicion import plain
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def answer_review(*, market: Market, actor: Actor, review_id: int, words: str) -> Review:
    """Write the answer, or another one; "" takes it back. Raises Review.DoesNotExist, AnswerMissing, MoveNotAllowed."""
    said = plain(words)
    if len(said) > MOST_ANSWER:
        raise AnswerMissing(most=MOST_ANSWER)
    review = Review.objects.select_for_update().get(pk=review_id)
    if review.state != ReviewState.SHOWN:
        raise MoveNotAllowed
    review.answer, review.answered_at = said, clock.now() if said else None
    review.save(update_fields=["answer", "answered_at"])
    audit.record(actor, "review.answered" if said else "review.answer_taken_back", f"review:{review.pk}")
    return review
