"""Photos that come with a customer's form."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from jangteo.domains.catalog.errors import PhotoRefused
from jangteo.domains.catalog.photo_sizes import MOST_BYTES, Sizes, sizes_of
from jangteo.faces._parts.words.errors import sentence

FIELD = "photos"
MOST = 3


@dataclass(frozen=True, slots=True)
class GivenPhotos:
    """Ready to be kept; `error` is what to tell of one that cannot be."""

    sizes: tuple[Sizes, ...] = ()
    error: str = ""


def given_photos(request: HttpRequest) -> GivenPhotos:
    """At most one more than may be kept is looked at, so that nobody makes the server draw a hundred."""
    try:
        uploads = request.FILES.getlist(FIELD)[: MOST + 1]
        return GivenPhotos(tuple(sizes_of(upload.read(MOST_BYTES + 1)) for upload in uploads))
    except PhotoRefused as no:
        return GivenPhotos(error=sentence(no))
