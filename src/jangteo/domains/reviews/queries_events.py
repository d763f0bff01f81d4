"""Review events: the one that runs, and what anybody may check of a draw."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from jangteo.domains.people.models import User
from jangteo.domains.promotions.models import CouponPiece
from jangteo.domains.reviews.models import ReviewEntry, ReviewEvent, ReviewReward
from jangteo.domains.reviews.states import ReviewState

# A draw waits so long for the association to read what it has to read, so that nobody is left out who may win.
READ_WITHIN = timedelta(hours=24)
SHOWN_AFTER = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Winner:
    """A number that was drawn, whose it is, and whether the coupon is in their hand."""

    number: int
    user: User
    has_coupon: bool


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


def event_to_show(moment: datetime) -> ReviewEvent | None:
    """The one that runs, else the last one for two weeks after its end, so that people see who was drawn."""
    begun = ReviewEvent.objects.filter(starts_at__lte=moment, ends_at__gt=moment - SHOWN_AFTER)
    return begun.order_by("-ends_at", "-pk").first()


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


def draws_due(moment: datetime) -> list[ReviewEvent]:
    """Draws that are over and not drawn: at once when no review of theirs waits to be read, else a day later."""
    unread = ReviewEntry.objects.filter(event=OuterRef("pk"), review__state=ReviewState.WAITING)
    over = ReviewEvent.objects.filter(kind=ReviewEvent.Kind.DRAW, drawn_at=None, ends_at__lte=moment)
    due = over.filter(~Exists(unread) | Q(ends_at__lte=moment - READ_WITHIN))
    return list(due.select_related("market").order_by("pk"))


def winners_of(event_ids: Collection[int]) -> dict[int, list[Winner]]:
    """By event those who were drawn, in the order of their numbers. Two statements."""
    rows = ReviewReward.objects.filter(entry__event__in=event_ids, entry__event__kind=ReviewEvent.Kind.DRAW)
    entries = [row.entry for row in rows.select_related("entry__user").order_by("entry_id")]
    given = CouponPiece.objects.filter(key__in=[reward_key(one.pk) for one in entries])
    keys = set(given.values_list("key", flat=True)) if entries else set()
    found: dict[int, list[Winner]] = {}
    for one in entries:
        found.setdefault(one.event_id, []).append(Winner(one.pk, one.user, reward_key(one.pk) in keys))
    return found


def reward_key(entry_id: int) -> str:
    """What the coupon of an entry is found by."""
    return f"review-reward-{entry_id}"
