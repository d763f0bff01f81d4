"""Vouchers go into the drawer or out of it."""

from __future__ import annotations

from jangteo.domains.rebates.errors import PaperShort
from jangteo.domains.rebates.models import PaperMove, Payout, RebateEvent
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def move_paper(
    *,
    event: RebateEvent,
    actor: Actor,
    why: PaperMove.Why,
    change: int,
    payout: Payout | None = None,
    note: str = "",
) -> PaperMove:
    """Write the move and what is left. `event` is locked by the caller (or new). Raises PaperShort below nothing."""
    left = event.vouchers_left + change
    if left < 0:
        raise PaperShort(needed=-change, left=event.vouchers_left)
    event.vouchers_left = left
    event.save(update_fields=["vouchers_left"])
    return PaperMove.objects.create(
        market_id=event.market_id,
        event=event,
        why=why,
        change=change,
        left_after=left,
        payout=payout,
        note=note,
        actor_ref=actor.ref,
        at=clock.now(),
    )
