"""Reviews as shoppers, their writers, stalls and the association look at them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from jangteo.domains.reviews.models import Rating, Review, ReviewMove, ReviewReport
from jangteo.domains.reviews.rules import Tally, rating_hundredths
from jangteo.domains.reviews.states import ReviewState
from jangteo.domains.reviews.wanted import Purchase

PAGE = 20


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating for people: `hundredths` of a star, drawn towards the market's mean, from `count` reviews (never 0)."""

    count: int
    hundredths: int

    @property
    def stars(self) -> str:
        """4.6: to one place, half up."""
        tenths = (self.hundredths + 5) // 10
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def face(self) -> int:
        """The whole stars that are nearest."""
        return (self.hundredths + 50) // 100


@dataclass(frozen=True, slots=True)
class Ratings:
    """Of one stall, and of its goods by id; what nobody has reviewed is not in it."""

    stall: Rated | None
    goods: dict[int, Rated]


def ratings_of_stall(stall_id: int) -> Ratings:
    """One statement for the stall, everything it sells, and the market they are measured by."""
    rows = Rating.objects.filter(Q(stall=None) | Q(stall_id=stall_id))
    tallies = {(row.stall_id, row.good_id): Tally(row.count, row.stars) for row in rows}
    market = tallies.pop((None, None), Tally())
    rated = {
        good_id: Rated(own.count, rating_hundredths(own, market))
        for (_stall, good_id), own in tallies.items()
        if own.count
    }
    return Ratings(rated.get(None), {good: one for good, one in rated.items() if good is not None})


def review_of_purchase(purchase: Purchase) -> Review | None:
    """What was written about this, in whatever state."""
    if purchase.part_id is None:
        return None if purchase.sale_id is None else Review.objects.filter(sale_id=purchase.sale_id).first()
    of_part = Review.objects.filter(part_id=purchase.part_id)
    if purchase.good_id is None:
        return of_part.filter(good=None).first()
    return of_part.filter(good_id=purchase.good_id).first()


def reviews_of_parts(parts: Collection[int]) -> list[Review]:
    """What was written about these parts of orders and not deleted. One statement."""
    return list(Review.objects.filter(part_id__in=parts).exclude(state=ReviewState.DELETED).order_by("pk"))


def review_by_token(token: str) -> Review | None:
    """The writer's own review, its photos loaded."""
    found = Review.objects.filter(token=token).exclude(state=ReviewState.DELETED)
    return found.select_related("stall", "good", "event", "part__order", "sale").prefetch_related("photos").first()


def shown_reviews(stall_id: int, good_id: int | None, before: int, most: int = PAGE) -> list[Review]:
    """Newest first, older than the review `before` (0 for the newest), one more than `most` to tell that more follow.

    Two statements.
    """
    rows = _full().filter(stall_id=stall_id, state=ReviewState.SHOWN)
    if good_id is not None:
        rows = rows.filter(good_id=good_id)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[: most + 1])


def shown_review(review_id: int) -> Review | None:
    return _full().filter(pk=review_id, state=ReviewState.SHOWN).first()


def reviews_for_stall(stall_id: int, most: int = 50) -> list[Review]:
    """What the stall may answer, unanswered first. Two statements."""
    rows = _full().filter(stall_id=stall_id, state=ReviewState.SHOWN)
    return list(rows.order_by(F("answered_at").asc(nulls_first=True), "-pk")[:most])


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A review that waits for the association, with what others said of it by reason."""

    review: Review
    reported: dict[str, int]


def reviews_to_judge(most: int = 50) -> list[ToJudge]:
    """Waiting or reported, oldest first. Three statements."""
    rows = list(_judged().order_by("pk")[:most])
    counted: dict[int, dict[str, int]] = {}
    unseen = ReviewReport.objects.filter(review__in=rows, seen_at=None).order_by()
    for review_id, reason, count in unseen.values_list("review_id", "reason").annotate(Count("pk")):
        counted.setdefault(review_id, {})[reason] = count
    return [ToJudge(row, counted.get(row.pk, {})) for row in rows]


def count_to_judge() -> int:
    return _judged().count()


def reviews_hidden(most: int = 30) -> list[Review]:
    """What the association has hidden, newest first."""
    return list(_full().filter(state=ReviewState.HIDDEN).order_by("-pk")[:most])


def review_to_judge(review_id: int) -> tuple[Review, list[ReviewMove]]:
    """The review, not deleted, with its history. Raises Review.DoesNotExist."""
    review = _full().exclude(state=ReviewState.DELETED).get(pk=review_id)
    return review, list(ReviewMove.objects.filter(review=review).order_by("pk"))


def _judged() -> QuerySet[Review]:
    waits = Q(state=ReviewState.WAITING) | Q(state=ReviewState.SHOWN, reports__gt=0)
    return _full().filter(waits)


def _full() -> QuerySet[Review]:
    return Review.objects.select_related("stall", "good", "event").prefetch_related("photos")
