"""The bank brings vouchers, or takes them back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_rebate import lock_rebate
from jangteo.domains.rebates.actions.make_rebate import MOST_VOUCHERS
from jangteo.domains.rebates.actions.move_paper import move_paper
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.errors import BadCount
from jangteo.domains.rebates.models import PaperMove
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def stock_paper(*, market: Market, actor: Actor, event_id: int, change: int, note: str = "") -> PaperMove:
    """More vouchers for the drawer, or fewer with `change` below nothing. Raises BadCount, PaperShort."""
    if not change or abs(change) > MOST_VOUCHERS:
        raise BadCount(most=MOST_VOUCHERS)
    event = lock_rebate(event_id=event_id)
    why = PaperMove.Why.BROUGHT if change > 0 else PaperMove.Why.TAKEN_AWAY
    move = move_paper(event=event, actor=actor, why=why, change=change, note=note.strip()[:60])
    audit.record(actor, "rebate.paper", f"rebate:{event.pk}", change=change, left=event.vouchers_left)
    tell_desk(event=event)
    return move
