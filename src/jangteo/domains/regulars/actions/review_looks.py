"""A manager has gone through who looked at whose data."""

from __future__ import annotations

from datetime import date

from jangteo.domains.markets.models import Market
from jangteo.domains.regulars.errors import MonthNotOver
from jangteo.domains.regulars.privacy_models import Look, LookReview
from jangteo.domains.regulars.rules import months_later
from jangteo.domains.regulars.spans import month_bounds
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def review_looks(*, market: Market, actor: Actor, month: date, note: str) -> LookReview:
    """Once for each month (its first day) that is over; again it is the same. Raises MonthNotOver."""
    if months_later(month, 1) > clock.calendar_day():
        raise MonthNotOver
    Market.objects.select_for_update().only("pk").get(pk=market.pk)  # two taps at once are one review
    before = LookReview.objects.filter(month=month).first()
    if before is not None:
        return before
    start, end = month_bounds(month)
    looks = Look.objects.filter(at__gte=start, at__lt=end).count()
    review = LookReview.objects.create(
        market=market, month=month, looks=looks, note=note.strip(), actor_ref=actor.ref, at=clock.now()
    )
    audit.record(actor, "looks.reviewed", f"looks:{review.pk}", month=month.isoformat(), looks=looks)
    return review
