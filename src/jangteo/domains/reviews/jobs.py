"""What comes round for reviews."""

from __future__ import annotations

from jangteo.domains.reviews.actions.draw_review_event import draw_review_event
from jangteo.domains.reviews.queries_events import draws_due
from jangteo.kernel import clock
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.tenancy import unscoped


def draw_due_events() -> None:
    """Draw what is over and nobody has drawn by hand, in every market."""
    with unscoped():
        due = draws_due(clock.now())
    for event in due:
        draw_review_event(market=event.market, actor=SYSTEM, event_id=event.pk)
