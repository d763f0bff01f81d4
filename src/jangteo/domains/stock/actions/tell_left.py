"""Screens hear that a counted good has run out, or is there again."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.stock.models import StockItem
from jangteo.kernel import live
from jangteo.kernel.action import step


@step
def tell_left(*, items: Sequence[StockItem]) -> None:
    """The same news as of a good whose seller marks it sold out."""
    live.publish(live.News(f"market:{item.market_id}", "good", {"good": item.good_id}) for item in items)
    live.publish(live.News(f"good:{item.good_id}", "good", {"good": item.good_id}) for item in items)
