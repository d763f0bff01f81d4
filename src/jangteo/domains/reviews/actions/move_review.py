"""Save a review in its new state, with its history row and its stars in the ratings."""

from __future__ import annotations

from django.db import connection

from jangteo.domains.reviews.errors import MoveNotAllowed
from jangteo.domains.reviews.models import Review, ReviewMove
from jangteo.domains.reviews.states import TRANSITIONS, ReviewState
from jangteo.kernel import clock, live
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor

_BEGIN = (
    "INSERT INTO reviews_rating (market_id, stall_id, good_id, count, stars) VALUES (%s, %s, %s, 0, 0)"
    " ON CONFLICT DO NOTHING"
)
_ADD = (
    "UPDATE reviews_rating SET count = count + %s, stars = stars + %s WHERE market_id = %s"
    " AND stall_id IS NOT DISTINCT FROM %s AND good_id IS NOT DISTINCT FROM %s"
)


@step
def move_review(*, review: Review, to: ReviewState, actor: Actor, reason: str, was_stars: int) -> None:
    """Set the state of the new or locked review and save all of it. `was_stars` is what it counted so far if shown.

    A review that keeps its state may still have changed its stars. Raises MoveNotAllowed.
    """
    was = review.state
    if to != was and to not in TRANSITIONS[was]:
        raise MoveNotAllowed
    review.state = to
    review.save()
    counted, counts = was == ReviewState.SHOWN, to == ReviewState.SHOWN
    _count(review, counts - counted, review.stars * counts - was_stars * counted)
    ReviewMove.objects.create(
        market_id=review.market_id,
        review=review,
        was=was,
        became=to,
        reason=reason[:60],
        actor_ref=actor.ref,
        at=clock.now(),
    )
    live.publish([live.News(f"stall:{review.stall_id}", "review_moved", {"review": review.pk})])


def _count(review: Review, count: int, stars: int) -> None:
    """The market's, the stall's and the good's rating, always in this order, so that no two writers wait in a ring."""
    if not (count or stars):
        return
    rows: list[tuple[int | None, int | None]] = [(None, None), (review.stall_id, None)]
    if review.good_id is not None:
        rows.append((review.stall_id, review.good_id))
    with connection.cursor() as cursor:
        for stall_id, good_id in rows:
            cursor.execute(_BEGIN, [review.market_id, stall_id, good_id])
            cursor.execute(_ADD, [count, stars, review.market_id, stall_id, good_id])
