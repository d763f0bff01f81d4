from __future__ import annotations

from jangteo.kernel.errors import Refused


class CatalogRefused(Refused):
    code = "catalog.refused"


class BadPrice(CatalogRefused):
    """Facts: most_won."""

    code = "catalog.bad_price"


class BadGood(CatalogRefused):
    """A field of a new good is missing or too long. Facts: field."""

    code = "catalog.bad_good"


class GoodTaken(CatalogRefused):
    """The stall already has another good of this name and unit. Facts: name, unit."""

    code = "catalog.good_taken"


class PhotoRefused(CatalogRefused):
    """A photo that cannot be kept."""

    code = "catalog.photo_refused"


class PhotoTooBig(PhotoRefused):
    """Too many bytes or pixels. Facts: most_mb."""

    code = "catalog.photo_too_big"


class PhotoHeic(PhotoRefused):
    """An iPhone's own format, which only iPhones can open."""

    code = "catalog.photo_heic"


class PhotoNotOne(PhotoRefused):
    """Neither JPEG nor PNG nor WebP."""

    code = "catalog.photo_not_one"


class PhotoBroken(PhotoRefused):
    """It ends too early, or cannot be read."""

    code = "catalog.photo_broken"
