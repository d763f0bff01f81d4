from __future__ import annotations

from jangteo.kernel.errors import Refused


class ReviewsRefused(Refused):
    code = "reviews.refused"


class NotBought(ReviewsRefused):
    """The goods are not with the customer yet, or the sale is not this person's."""

    code = "reviews.not_bought"


class OwnStall(ReviewsRefused):
    """Whoever keeps the stall does not praise it."""

    code = "reviews.own_stall"


class Written(ReviewsRefused):
    """There is one for this purchase already."""

    code = "reviews.written"


class BadStars(ReviewsRefused):
    code = "reviews.bad_stars"


class WordsTooLong(ReviewsRefused):
    """Facts: have, most."""

    code = "reviews.words_too_long"


class TooManyPhotos(ReviewsRefused):
    """Facts: most."""

    code = "reviews.too_many_photos"


class EditOver(ReviewsRefused):
    """Facts: hours."""

    code = "reviews.edit_over"


class MoveNotAllowed(ReviewsRefused):
    code = "reviews.move_not_allowed"


class ReasonMissing(ReviewsRefused):
    code = "reviews.reason_missing"


class AnswerMissing(ReviewsRefused):
    """No words, or too many. Facts: most."""

    code = "reviews.answer_missing"


class BadEvent(ReviewsRefused):
    """A field of a review event that cannot be. Facts: field."""

    code = "reviews.bad_event"


class NotYetDrawn(ReviewsRefused):
    """The event still runs. Facts: day."""

    code = "reviews.event_runs"
