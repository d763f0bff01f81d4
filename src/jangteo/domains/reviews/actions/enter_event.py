"""A review written while an event runs takes part in it, whatever it says."""

from __future__ import annotations

from jangteo.domains.reviews.actions.reward_entry import reward_entry
from jangteo.domains.reviews.models import Review, ReviewEntry, ReviewEvent
from jangteo.domains.reviews.queries_events import running_event
from jangteo.domains.reviews.states import ReviewState
from jangteo.kernel import clock
from jangteo.kernel.action import step


@step
def enter_event(*, review: Review) -> None:
    """One place a person and event; without an account there is nobody to reward. The review gets its label."""
    if review.user_id is None:
        return
    event = running_event(clock.now())
    if event is None:
        return
    # Held, so that a draw sees everybody who was in time, and a person who writes twice at once enters once.
    event = ReviewEvent.objects.select_for_update().get(pk=event.pk)
    if event.drawn_at is not None or ReviewEntry.objects.filter(event=event, user_id=review.user_id).exists():
        return
    entry = ReviewEntry.objects.create(
        market_id=review.market_id, event=event, review=review, user_id=review.user_id, at=clock.now()
    )
    review.event = event
    review.save(update_fields=["event"])
    if event.kind == ReviewEvent.Kind.EVERYBODY and review.state == ReviewState.SHOWN:
        reward_entry(entry=entry)
