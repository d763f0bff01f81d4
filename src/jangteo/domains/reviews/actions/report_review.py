"""Somebody asks the association to look at a review."""

from __future__ import annotations

from django.db.models import F

from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.errors import ReasonMissing
from jangteo.domains.reviews.models import Review, ReviewReport
from jangteo.domains.reviews.states import ReviewState
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def report_review(*, market: Market, actor: Actor, review_id: int, reason: str, reporter: str) -> bool:
    """It stays as it is until the association has looked. False for a second report by the same `reporter`.

    `reporter` names an account, a stall or a browser, never a person. Raises Review.DoesNotExist, ReasonMissing.
    """
    if reason not in ReviewReport.Reason.values:
        raise ReasonMissing
    review = Review.objects.select_for_update().get(pk=review_id, state=ReviewState.SHOWN)
    if ReviewReport.objects.filter(review=review, reporter_ref=reporter[:64]).exists():
        return False
    ReviewReport.objects.create(market=market, review=review, reason=reason, reporter_ref=reporter[:64], at=clock.now())
    Review.objects.filter(pk=review.pk).update(reports=F("reports") + 1)
    audit.record(actor, "review.reported", f"review:{review.pk}", why=reason)
    live.publish([live.News(f"market:{market.pk}", "review_reported", {"review": review.pk})])
    return True
