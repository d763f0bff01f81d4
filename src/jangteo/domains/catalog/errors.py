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
