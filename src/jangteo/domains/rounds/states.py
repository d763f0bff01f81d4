"""Where a stop can stand. It only ever goes forward: what a customer was shown is not taken back."""

from __future__ import annotations

from django.db.models import TextChoices


class StopState(TextChoices):
    PLANNED = "planned"
    LOADED = "loaded"
    HERE = "here"
    DONE = "done"
    FAILED = "failed"
    CALLED_OFF = "called_off"


STOP_TRANSITIONS: dict[str, frozenset[str]] = {
    StopState.PLANNED: frozenset(
        {StopState.LOADED, StopState.HERE, StopState.DONE, StopState.FAILED, StopState.CALLED_OFF}
    ),
    StopState.LOADED: frozenset({StopState.HERE, StopState.DONE, StopState.FAILED, StopState.CALLED_OFF}),
    StopState.HERE: frozenset({StopState.DONE, StopState.FAILED, StopState.CALLED_OFF}),
    StopState.DONE: frozenset(),
    StopState.FAILED: frozenset(),
    StopState.CALLED_OFF: frozenset(),
}
RANK = {StopState.PLANNED: 0, StopState.LOADED: 1, StopState.HERE: 2}
STOP_IS_OPEN = frozenset(RANK)
# Aboard: no new plan takes it out of the courier's hands.
STOP_IS_ABOARD = frozenset({StopState.LOADED, StopState.HERE})
