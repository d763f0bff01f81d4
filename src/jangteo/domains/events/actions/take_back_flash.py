"""A stall takes its flash sale back."""

from __future__ import annotations

from jangteo.domains.events.actions.end_flash import end_flash
from jangteo.domains.events.actions.lock_flashes import lock_flashes
from jangteo.domains.events.errors import FlashOver
from jangteo.domains.events.models import FlashSale
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_back_flash(*, market: Market, actor: Actor, batch: str) -> list[FlashSale]:
    """All goods of the batch that are still in it cost again what they did. Raises FlashOver where none is."""
    alive = FlashSale.objects.filter(batch=batch, state__in=[FlashSale.State.COMING, FlashSale.State.ON])
    rows = lock_flashes(ids=list(alive.values_list("pk", flat=True)))
    rows = [row for row in rows if row.state in (FlashSale.State.COMING, FlashSale.State.ON)]
    if not rows:
        raise FlashOver
    end_flash(rows=rows, actor=actor, state=FlashSale.State.TAKEN_BACK)
    audit.record(actor, "flash.taken_back", f"stall:{rows[0].stall_id}", goods=len(rows))
    live.publish([live.News(f"market:{market.pk}", "event", {"stall": rows[0].stall_id})])
    return rows
