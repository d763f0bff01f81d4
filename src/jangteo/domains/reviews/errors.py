from __future__ import annotations

from jangteo.kernel.errors import Refused


class ReviewsRefused(Refused):
    code = "reviews.refused"
