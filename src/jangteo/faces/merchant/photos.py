"""A photo that comes with a form of the stall's phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from jangteo.domains.catalog.actions.keep_photo import keep_photo
from jangteo.domains.catalog.errors import PhotoRefused
from jangteo.domains.catalog.photo_sizes import MOST_BYTES, sizes_of
from jangteo.domains.catalog.queries_photos import is_photo_of
from jangteo.faces._parts.devices import AtStall
from jangteo.faces._parts.words.errors import sentence

FIELD, KEPT = "photo", "kept"


@dataclass(frozen=True, slots=True)
class Given:
    """`name` of the photo that is kept by now, "" without one; `error` is what to tell of one that cannot be."""

    name: str = ""
    error: str = ""


def kept_photo(told: Mapping[str, str], at: AtStall) -> Given:
    """The photo that the form came with before; what is not the stall's own is none."""
    name = told.get(KEPT, "")
    return Given(name if name and is_photo_of(at.stall.pk, name) else "")


def given_photo(request: HttpRequest, at: AtStall) -> Given:
    """Keep the photo at once, so that a mistake elsewhere in the form does not send it a second time."""
    upload = next(iter(request.FILES.getlist(FIELD)), None)
    if upload is None:
        return kept_photo(request.POST, at)
    try:
        # One byte more than is allowed is enough to be told that it is too large.
        sizes = sizes_of(upload.read(MOST_BYTES + 1))
    except PhotoRefused as no:
        return Given(error=sentence(no))
    return Given(keep_photo(market=at.market, actor=at.actor, stall_id=at.stall.pk, sizes=sizes))
