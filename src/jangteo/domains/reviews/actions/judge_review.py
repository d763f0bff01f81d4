"""The association decides whether a review is shown."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.actions.move_review import move_review
from jangteo.domains.reviews.actions.reward_entry import reward_entry
from jangteo.domains.reviews.errors import ReasonMissing
from jangteo.domains.reviews.models import Review, ReviewEntry, ReviewEvent, ReviewReport
from jangteo.domains.reviews.states import ReviewState
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def judge_review(*, market: Market, actor: Actor, review_id: int, reason: str) -> Review:
    """Show it with `reason` "", hide it with one of `ReviewReport.Reason`. All reports of it are seen by that.

    Raises Review.DoesNotExist, ReasonMissing, MoveNotAllowed (for one that its writer deleted).
    """
    if reason and reason not in ReviewReport.Reason.values:
        raise ReasonMissing
    review = Review.objects.select_for_update().get(pk=review_id)
    ReviewReport.objects.filter(review=review, seen_at=None).update(seen_at=clock.now())
    review.reports, review.why_hidden = 0, reason
    to = ReviewState.HIDDEN if reason else ReviewState.SHOWN
    move_review(review=review, to=to, actor=actor, reason=reason, was_stars=review.stars)
    if to == ReviewState.SHOWN:
        _reward_late(review)
    code = "review.hidden" if reason else "review.shown"
    audit.record(actor, code, f"review:{review.pk}", why=reason or "fine")
    return review


def _reward_late(review: Review) -> None:
    """Whoever had to wait for the association loses nothing by it."""
    entry = ReviewEntry.objects.filter(review=review, event__kind=ReviewEvent.Kind.EVERYBODY).first()
    if entry is not None:
        reward_entry(entry=entry)
