"""Flash sales end: their time is over, all is sold, or the stall takes them back."""

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
def end_flash(*, rows: Sequence[FlashSale], actor: Actor, state: FlashSale.State) -> None:
    """Put back what it cost and how long that held. Rows and goods are locked by the caller.

    A price that the stall has named since then is its own and stays.
    """
    now, goods = clock.now(), []
    for row in rows:
        good = row.good
        is_ours = good.price_won == row.price_won and good.price_until == row.ends_at
        if row.state == FlashSale.State.ON and is_ours:
            life = Good.PriceLife(row.was_life)
            put_price(good=good, actor=actor, price_won=row.was_won, life=life, until=row.was_until)
            goods.append(good)
        row.state, row.ended_at = state, now
        row.save(update_fields=["state", "ended_at"])
    tell_goods(goods=goods)
