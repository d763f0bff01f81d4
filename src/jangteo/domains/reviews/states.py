"""Where a review can stand, and the only ways between."""

from __future__ import annotations

from django.db.models import TextChoices


class ReviewState(TextChoices):
    SHOWN = "shown"
    WAITING = "waiting"
    HIDDEN = "hidden"
    DELETED = "deleted"


# "" is a review that is just being written.
TRANSITIONS: dict[str, frozenset[str]] = {
    "": frozenset({ReviewState.SHOWN, ReviewState.WAITING}),
    ReviewState.SHOWN: frozenset({ReviewState.WAITING, ReviewState.HIDDEN, ReviewState.DELETED}),
    ReviewState.WAITING: frozenset({ReviewState.SHOWN, ReviewState.HIDDEN, ReviewState.DELETED}),
    # Written anew, what was hidden waits for the manager again.
    ReviewState.HIDDEN: frozenset({ReviewState.SHOWN, ReviewState.WAITING, ReviewState.DELETED}),
    # A purchase has one review: whoever deleted it may write it again.
    ReviewState.DELETED: frozenset({ReviewState.SHOWN, ReviewState.WAITING}),
}
