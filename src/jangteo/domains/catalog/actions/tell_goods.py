"""Screens hear of a good that changed."""

from __future__ import annotations

from collections.abc import Iterable

from jangteo.domains.catalog.models import Good
from jangteo.kernel import live
from jangteo.kernel.action import step


@step
def tell_goods(*, goods: Iterable[Good]) -> None:
    """One piece of news of each good for the market's boards and kiosks, one for whoever looks at the good itself."""
    changed = list(goods)
    live.publish(live.News(f"market:{good.market_id}", "good", {"good": good.pk}) for good in changed)
    live.publish(live.News(f"good:{good.pk}", "good", {"good": good.pk}) for good in changed)
