"""A hold ends: its money is taken, or free again."""

from __future__ import annotations

from jangteo.domains.ledger.actions.change_limited import change_limited
from jangteo.domains.ledger.actions.post_entry import NewEntry, post_entry
from jangteo.domains.ledger.errors import HoldOver, HoldTooSmall
from jangteo.domains.ledger.models import Entry, Hold
from jangteo.kernel import clock
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor


@step
def end_hold(*, key: str, actor: Actor, entry: NewEntry | None = None, expired: bool = False) -> Hold:
    """Post `entry`, which takes at most what was held, or free all of it without one.

    Ending it in the same way again changes nothing. Raises HoldOver when it ended in another way, HoldTooSmall,
    Hold.DoesNotExist, and what post_entry raises.
    """
    hold = Hold.objects.select_for_update().get(key=key)
    to = Hold.State.POSTED if entry else Hold.State.EXPIRED if expired else Hold.State.VOID
    if hold.state != Hold.State.OPEN:
        if hold.state == to:
            return hold
        raise HoldOver(key=key, state=hold.state)
    if entry and entry.lines.get(hold.account, 0) > hold.amount_won:
        raise HoldTooSmall(key=key, held_won=hold.amount_won, asked_won=entry.lines[hold.account])
    change_limited(market_id=hold.market_id, held={hold.account: -hold.amount_won})
    if entry:
        post_entry(market_id=hold.market_id, actor=actor, entry=entry)
        hold.entry = Entry.objects.get(key=entry.key)
    hold.state = to
    hold.ended_at = clock.now()
    hold.save(update_fields=["state", "ended_at", "entry"])
    return hold
