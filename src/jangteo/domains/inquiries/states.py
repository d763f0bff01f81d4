"""Where a question or a claim can stand, and the only ways between."""

from __future__ import annotations

from django.db.models import TextChoices


class InquiryState(TextChoices):
    """`waiting`: the stall has to say something; `answered`: it has; a claim ends `accepted` or `declined`."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CLOSED = "closed"


S = InquiryState
TRANSITIONS: dict[str, frozenset[str]] = {
    "": frozenset({S.WAITING}),
    S.WAITING: frozenset({S.ANSWERED, S.ACCEPTED, S.DECLINED, S.CLOSED}),
    S.ANSWERED: frozenset({S.WAITING, S.ANSWERED, S.ACCEPTED, S.DECLINED, S.CLOSED}),
    # Who is not content with a no says why, and the association hears of it.
    S.DECLINED: frozenset({S.WAITING, S.ACCEPTED, S.CLOSED}),
    S.ACCEPTED: frozenset({S.CLOSED}),
    S.CLOSED: frozenset({S.WAITING}),
}
OPEN = frozenset({S.WAITING, S.ANSWERED, S.DECLINED})
