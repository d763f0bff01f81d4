"""Prices of today end before the market closes: the way back from an answer in the morning."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.catalog.actions.tell_goods import tell_goods
from jangteo.domains.catalog.models import Good
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def end_prices(*, market: Market, actor: Actor, good_ids: Collection[int]) -> list[Good]:
    """End the prices of today among these, as if the last closing had been their end. Those that ended, by pk.

    They wait for an answer again and no shopper sees them. Other goods stay as they are.
    """
    moment = clock.now()
    start, _ = clock.day_bounds(clock.business_day(moment))
    living = Good.objects.select_for_update().filter(pk__in=good_ids, price_until__gt=moment)
    ended = list(living.order_by("pk"))
    for good in ended:
        good.price_until = start
        good.changed_at = moment
        audit.record(actor, "good.price_ended", f"good:{good.pk}", price_won=good.price_won)
    Good.objects.bulk_update(ended, ["price_until", "changed_at"])
    tell_goods(goods=ended)
    return ended
