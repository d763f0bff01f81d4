"""Sold goods come back because a stall refused or a customer cancelled."""

from __future__ import annotations

from collections.abc import Mapping

from jangteo.domains.stock.actions.lock_stock import lock_stock
from jangteo.domains.stock.actions.take_stock import move_stock
from jangteo.domains.stock.models import StockMovement
from jangteo.kernel.action import step


@step
def return_stock(*, quantities: Mapping[int, int], cause: str) -> None:
    """Put `quantities` (by good id) back. Goods that are not counted are left alone."""
    items = lock_stock(good_ids=quantities.keys())
    move_stock(items, {good_id: quantities[good_id] for good_id in items}, StockMovement.Reason.RETURNED, cause)
