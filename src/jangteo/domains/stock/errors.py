from __future__ import annotations

from jangteo.kernel.errors import Refused


class StockRefused(Refused):
    code = "stock.refused"


class StockShort(StockRefused):
    """Facts: good_id, left."""

    code = "stock.short"


class BadCount(StockRefused):
    """Facts: most."""

    code = "stock.bad_count"
