"""One shift counts the drawer and gives it to the next."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rebates.actions.lock_rebate import lock_rebate
from jangteo.domains.rebates.actions.make_rebate import MOST_VOUCHERS
from jangteo.domains.rebates.actions.move_paper import move_paper
from jangteo.domains.rebates.actions.tell_desk import tell_desk
from jangteo.domains.rebates.errors import BadCount
from jangteo.domains.rebates.models import HandOver, PaperMove
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def hand_over_drawer(
    *, market: Market, actor: Actor, event_id: int, counted: int, gives: str = "", takes: str = ""
) -> HandOver:
    """Keep what should have been there and what was; from now on the drawer holds what was counted. Raises BadCount."""
    if not 0 <= counted <= MOST_VOUCHERS:
        raise BadCount(most=MOST_VOUCHERS)
    event = lock_rebate(event_id=event_id)
    expected = event.vouchers_left
    over = HandOver.objects.create(
        market=market,
        event=event,
        expected=expected,
        counted=counted,
        gives=gives.strip()[:20],
        takes=takes.strip()[:20],
        actor_ref=actor.ref,
        at=clock.now(),
    )
    if counted != expected:
        move_paper(event=event, actor=actor, why=PaperMove.Why.COUNTED, change=counted - expected)
    audit.record(actor, "rebate.counted", f"rebate:{event.pk}", expected=expected, counted=counted)
    tell_desk(event=event)
    return over
