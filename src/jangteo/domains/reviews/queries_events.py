"""Review events: the one that runs, and what anybody may check of a draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.reviews.models import ReviewEntry, ReviewEvent, ReviewReward
from jangteo.domains.reviews.states import ReviewState


@dataclass(frozen=True, slots=True)
class Drawn:
    """The numbers that took part and those that won, and which is this person's own, None without one."""

    event: ReviewEvent
    entries: list[int]
    won: list[int]
    own: int | None


def running_event(moment: datetime) -> ReviewEvent | None:
    """The event that a review written now takes part in."""
    running = ReviewEvent.objects.filter(starts_at__lte=moment, ends_at__gt=moment, drawn_at=None)
    return running.order_by("-pk").first()


def drawn_event(event_id: int, user_id: int | None) -> Drawn | None:
    """At most four statements."""
    event = ReviewEvent.objects.filter(pk=event_id).first()
    if event is None:
        return None
    shown = ReviewEntry.objects.filter(event=event, review__state=ReviewState.SHOWN).order_by("pk")
    entries = event.drawn_among if event.drawn_at else list(shown.values_list("pk", flat=True))
    won = list(ReviewReward.objects.filter(entry__event=event).order_by("entry_id").values_list("entry_id", flat=True))
    own = None
    if user_id is not None:
        own = ReviewEntry.objects.filter(event=event, user_id=user_id).values_list("pk", flat=True).first()
    return Drawn(event, entries, won, own)


def review_events(most: int = 20) -> list[ReviewEvent]:
    """Newest first."""
    return list(ReviewEvent.objects.order_by("-pk")[:most])
