"""The clock goes on: flash sales begin and end."""

from __future__ import annotations

from jangteo.domains.catalog.models import Good
from jangteo.domains.events.actions.begin_flash import begin_flash
from jangteo.domains.events.actions.end_flash import end_flash
from jangteo.domains.events.actions.lock_flashes import lock_flashes
from jangteo.domains.events.models import FlashSale
from jangteo.domains.events.queries import due_flashes
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def turn_flashes(*, market: Market, actor: Actor) -> int:
    """Begin those whose time has come; end those whose time is over or whose goods are. How many were turned.

    A price of a flash sale has ended on the second by itself: until this has run nobody is sold anything at it.
    """
    rows = lock_flashes(ids=due_flashes())
    now = clock.now()
    over = [row for row in rows if row.state in _ALIVE and (row.ends_at <= now or _sold_out(row))]
    begins = [row for row in rows if row.state == FlashSale.State.COMING and row.starts_at <= now and row not in over]
    end_flash(rows=over, actor=actor, state=FlashSale.State.OVER)
    begin_flash(rows=begins, actor=actor)
    if over or begins:
        audit.record(actor, "flash.turned", f"market:{market.pk}", began=len(begins), ended=len(over))
        live.publish([live.News(f"market:{market.pk}", "event")])
    return len(over) + len(begins)


_ALIVE = (FlashSale.State.COMING, FlashSale.State.ON)


def _sold_out(row: FlashSale) -> bool:
    return row.state == FlashSale.State.ON and row.good.state != Good.State.ON_SALE
