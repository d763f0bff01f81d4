"""The time of flash sales has come."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.catalog.actions.put_price import put_price
from jangteo.domains.catalog.actions.tell_goods import tell_goods
from jangteo.domains.catalog.models import Good
from jangteo.domains.events.models import FlashSale
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def begin_flash(*, rows: Sequence[FlashSale], actor: Actor) -> None:
    """Put the price, which ends by itself. Rows and goods are locked by the caller.

    What the stall has priced anew meanwhile, or sells no more, is left as it is, and its sale is over.
    """
    now, goods = clock.now(), []
    for row in rows:
        good = row.good
        if (
            good.price_won != row.was_won
            or good.state != Good.State.ON_SALE
            or good.price_ended(now)
            or good.asks_price
        ):
            row.state, row.ended_at = FlashSale.State.OVER, now
        else:
            row.was_life, row.was_until, row.state = good.price_life, good.price_until, FlashSale.State.ON
            put_price(good=good, actor=actor, price_won=row.price_won, life=Good.PriceLife.TODAY, until=row.ends_at)
            goods.append(good)
        row.save(update_fields=["was_life", "was_until", "state", "ended_at"])
    tell_goods(goods=goods)
