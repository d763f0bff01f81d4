"""What follows from a review event after commit."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.promotions.actions.grant_coupon import grant_coupon
from jangteo.domains.reviews.models import ReviewEntry
from jangteo.domains.reviews.queries_events import reward_key
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.errors import Refused
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected


def grant_reward(row: OutboxRow) -> Ending:
    """The handler of `review.reward`. A repeat gives nothing twice; a coupon that is over is said and not given."""
    market = Market.objects.get(pk=row.market_id)
    entry = ReviewEntry.objects.select_related("event").get(pk=row.payload["entry"])
    try:
        grant_coupon(
            market=market,
            actor=SYSTEM,
            coupon_id=entry.event.coupon_id,
            user_id=entry.user_id,
            key=reward_key(entry.pk),
            reason="review",
        )
    except Refused as no:
        return Rejected(no.code)
    return Done()
