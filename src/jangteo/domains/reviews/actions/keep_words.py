"""Put a customer's words and photos into a review, and say whether it can be shown."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from jangteo.domains.catalog import photo_files
from jangteo.domains.reviews.errors import BadStars, TooManyPhotos, WordsTooLong
from jangteo.domains.reviews.models import Review, ReviewPhoto
from jangteo.domains.reviews.rules import MOST_PHOTOS, MOST_WORDS, STARS
from jangteo.domains.reviews.states import ReviewState
from jangteo.domains.reviews.suspicion import plain, suspicions
from jangteo.domains.reviews.wanted import WantedReview
from jangteo.kernel import ids
from jangteo.kernel.action import step


@step
def keep_words(*, review: Review, wanted: WantedReview) -> ReviewState:
    """Set stars and words, not saved; the state is WAITING for odd words and for what was hidden before.

    Raises BadStars, WordsTooLong, TooManyPhotos.
    """
    words = plain(wanted.words)
    if wanted.stars not in STARS:
        raise BadStars
    if len(words) > MOST_WORDS:
        raise WordsTooLong(have=len(words), most=MOST_WORDS)
    if len(wanted.photos) > MOST_PHOTOS:
        raise TooManyPhotos(most=MOST_PHOTOS)
    review.stars, review.words = wanted.stars, words
    review.suspicions = [str(found) for found in suspicions(words)]
    return ReviewState.WAITING if review.suspicions or review.why_hidden else ReviewState.SHOWN


@step
def keep_photos(*, review: Review, wanted: WantedReview) -> None:
    """Photos that are given replace those of before; without any these stay."""
    if wanted.photos:
        remove_photos(review=review)
    for sizes in wanted.photos:
        name = ids.new_token()
        # First the files: a row without them would be a hole in the page, files without a row are only litter.
        photo_files.write(name, sizes)
        ReviewPhoto.objects.create(market_id=review.market_id, review=review, name=name)


@step
def remove_photos(*, review: Review) -> None:
    """The files go with the transaction."""
    photos = ReviewPhoto.objects.filter(review=review)
    for photo in photos:
        transaction.on_commit(partial(photo_files.remove, photo.name))
    ReviewPhoto.objects.filter(review=review).delete()
