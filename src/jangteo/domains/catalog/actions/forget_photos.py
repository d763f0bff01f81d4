"""Photos that no good shows any more go."""

from __future__ import annotations

from datetime import timedelta

from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.models import Photo
from jangteo.domains.catalog.queries_photos import photos_nobody_shows
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import unscoped

# Long enough to take a photo off, think better of it and take it back.
KEPT = timedelta(days=7)
MOST_AT_ONCE = 200


@action
def forget_photos(*, market: Market, actor: Actor) -> int:
    """Delete what has been on no good for a week; returns how many. Files that a copy of the market shows stay."""
    gone = photos_nobody_shows(clock.now() - KEPT, MOST_AT_ONCE)
    for photo in gone:
        audit.record(actor, "photo.forgotten", f"photo:{photo.pk}")
        Photo.objects.filter(pk=photo.pk).delete()
    with unscoped():
        still = set(Photo.objects.filter(name__in=[photo.name for photo in gone]).values_list("name", flat=True))
    for name in {photo.name for photo in gone} - still:
        photo_files.remove(name)
    return len(gone)
