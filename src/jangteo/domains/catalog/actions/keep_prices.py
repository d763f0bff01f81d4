"""The morning's answer: as yesterday (어제 그대로)."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.catalog.actions.tell_goods import tell_goods
from jangteo.domains.catalog.models import Good
from jangteo.domains.catalog.rules import closing_after
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def keep_prices(*, market: Market, actor: Actor, good_ids: Collection[int]) -> list[Good]:
    """Let the ended prices among these hold until the market closes next. Those that were kept, by pk.

    Goods whose price has not ended stay as they are, and so do another stall's: a second tap is no error.
    """
    moment = clock.now()
    ended = Good.objects.select_for_update().filter(pk__in=good_ids, price_until__lte=moment)
    kept = list(ended.order_by("pk"))
    for good in kept:
        good.price_until = closing_after(moment, market.closes_at)
        good.changed_at = moment
        audit.record(actor, "good.price_kept", f"good:{good.pk}", price_won=good.price_won)
    Good.objects.bulk_update(kept, ["price_until", "changed_at"])
    tell_goods(goods=kept)
    return kept
