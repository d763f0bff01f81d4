"""Photos that no good shows any more go."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction

from jangteo.domains.catalog import photo_files
from jangteo.domains.catalog.models import Good, Photo
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
    # Held from here on, so that no stall can show one of them while it goes; what a good shows by now stays.
    before = clock.now() - KEPT
    old = [photo.pk for photo in photos_nobody_shows(before, MOST_AT_ONCE)]
    held = list(Photo.objects.select_for_update().filter(pk__in=old, at__lt=before).order_by("pk"))
    shown = set(Good.objects.filter(photo__in=[photo.name for photo in held]).values_list("photo", flat=True))
    gone = [photo for photo in held if photo.name not in shown]
    for photo in gone:
        audit.record(actor, "photo.forgotten", f"photo:{photo.pk}")
        Photo.objects.filter(pk=photo.pk).delete()
    with unscoped():
        still = set(Photo.objects.filter(name__in=[photo.name for photo in gone]).values_list("name", flat=True))
    for name in {photo.name for photo in gone} - still:
        # A file is gone for good, so it goes only when its row has.
        transaction.on_commit(partial(photo_files.remove, name))
    return len(gone)
