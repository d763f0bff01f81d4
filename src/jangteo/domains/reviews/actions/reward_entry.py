"""An entry of a review event has earned its coupon."""

from __future__ import annotations

from jangteo.domains.reviews.models import ReviewEntry, ReviewReward
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.outbox import emit


@step
def reward_entry(*, entry: ReviewEntry) -> None:
    """Write it down once; the coupon itself is given after commit."""
    if ReviewReward.objects.filter(entry=entry).exists():
        return
    ReviewReward.objects.create(market_id=entry.market_id, entry=entry, at=clock.now())
    emit("review.reward", key=f"review-reward:{entry.pk}", entry=entry.pk)
