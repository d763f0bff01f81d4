"""Reviews of a person who wants to be forgotten: as if they had taken each of them back."""

from __future__ import annotations

from jangteo.domains.reviews.actions.keep_words import remove_photos
from jangteo.domains.reviews.actions.move_review import move_review
from jangteo.domains.reviews.models import Review
from jangteo.domains.reviews.queries_person import reviews_of_person
from jangteo.domains.reviews.states import ReviewState
from jangteo.kernel import ids
from jangteo.kernel.action import step
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.personal import Forgotten, Person


@step
def forget_person(*, person: Person) -> list[Forgotten]:
    """Words, photos, writer and stars go; that there was one stays without anybody. Before the orders forget."""
    reviews = list(
        Review.objects.select_for_update(of=("self",)).filter(pk__in=reviews_of_person(person)).order_by("pk")
    )
    for review in reviews:
        review.words, review.answer, review.answered_at, review.suspicions = "", "", None, []
        review.writer, review.user, review.token = "", None, ids.new_token()
        remove_photos(review=review)
        if review.state == ReviewState.DELETED:
            review.save()
        else:
            stars = review.stars
            move_review(review=review, to=ReviewState.DELETED, actor=SYSTEM, reason="writer", was_stars=stars)
    return [Forgotten("reviews", len(reviews))]
