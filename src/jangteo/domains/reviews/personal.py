"""What a customer wrote about purchases."""

from __future__ import annotations

from jangteo.domains.reviews.actions.forget_person import forget_person
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.queries_person import reviews_of_person
from jangteo.kernel.personal import Kept, Part, Person, Row


def kept(person: Person) -> list[Kept]:
    """One query."""
    reviews = reviews_of_person(person).select_related("stall").order_by("-pk")
    return [Kept("reviews", tuple(_row(one) for one in reviews))]


def _row(one: Review) -> Row:
    return {
        "stall": one.stall.name,
        "name": one.writer,
        "at": one.written_at,
        "stars": one.stars,
        "text": one.words,
        "answer": one.answer,
    }


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"reviews.Review", "reviews.ReviewEntry"}))
