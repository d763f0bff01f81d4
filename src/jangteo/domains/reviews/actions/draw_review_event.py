"""The draw of a review event that is over."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.reviews.actions.reward_entry import reward_entry
from jangteo.domains.reviews.errors import NotYetDrawn
from jangteo.domains.reviews.models import ReviewEntry, ReviewEvent
from jangteo.domains.reviews.rules import drawn
from jangteo.domains.reviews.states import ReviewState
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit


@action
def draw_review_event(*, market: Market, actor: Actor, event_id: int) -> ReviewEvent:
    """Draw among the entries whose review is shown, and publish the seed. Again changes nothing.

    Nothing about the draw can be chosen: the seed was fixed before the first entry. Winners get their coupon, and are
    told of it. Raises NotYetDrawn.
    """
    event = ReviewEvent.objects.select_for_update().get(pk=event_id)
    if event.drawn_at is not None:
        return event
    moment = clock.now()
    if moment < event.ends_at:
        raise NotYetDrawn(day=str(event.ends_at.astimezone(clock.KST).date()))
    entries = {entry.pk: entry for entry in ReviewEntry.objects.filter(event=event, review__state=ReviewState.SHOWN)}
    winners = drawn(event.seed, entries, event.winners) if event.kind == ReviewEvent.Kind.DRAW else []
    for number in winners:
        reward_entry(entry=entries[number])
        emit("review.tell", key=f"review-tell:{number}", entry=number)
    event.drawn_at, event.drawn_among = moment, sorted(entries)
    event.save(update_fields=["drawn_at", "drawn_among"])
    audit.record(actor, "review_event.drawn", f"review_event:{event.pk}", entries=len(entries), winners=len(winners))
    return event
