"""Photos of the market in scope, and what may be in a new one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from jangteo.domains.catalog.models import Good, Photo
from jangteo.kernel.tenancy import whole_market


def is_photo_of(stall_id: int, name: str) -> bool:
    """Whether the stall has taken the photo of this name."""
    return Photo.objects.filter(stall_id=stall_id, name=name).exists()


def sold_before(stall_id: int, most: int) -> list[Good]:
    """What the stall has put away and not put up again, the latest of each name and unit, newest first."""
    up = set(_of_stall(stall_id).exclude(state=Good.State.HIDDEN).values_list("name", "unit"))
    found: dict[tuple[str, str], Good] = {}
    for good in _of_stall(stall_id).filter(state=Good.State.HIDDEN).order_by("-changed_at", "-pk")[: most * 3]:
        if (good.name, good.unit) not in up:
            found.setdefault((good.name, good.unit), good)
    return list(found.values())[:most]


def sold_by_others(stall_id: int, kind_id: int, most: int) -> list[Good]:
    """What other stalls of the market sell of this kind and this one has never sold, best liked first."""
    known = set(_of_stall(stall_id).values_list("name", flat=True))
    with whole_market():
        of_kind = Good.objects.filter(kind_id=kind_id).exclude(stall_id=stall_id).exclude(state=Good.State.HIDDEN)
        liked = list(of_kind.exclude(name__in=known).order_by("-rank", "pk")[: most * 3])
    found = {good.name: good for good in reversed(liked)}
    return [good for good in liked if found[good.name] is good][:most]


def photos_nobody_shows(before: datetime, most: int) -> list[Photo]:
    """Photos that were taken before then and are on no good."""
    shown = Good.objects.exclude(photo="").values("photo")
    return list(Photo.objects.filter(at__lt=before).exclude(name__in=shown).order_by("pk")[:most])


def _of_stall(stall_id: int) -> QuerySet[Good]:
    return Good.objects.filter(stall_id=stall_id)
