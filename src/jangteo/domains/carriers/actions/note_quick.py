"""What the courier company says of an errand."""

from __future__ import annotations

from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.ports import QuickSnapshot
from jangteo.domains.carriers.states import QuickState, quick_goes
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def note_quick(*, market: Market, actor: Actor, call_id: int, seen: QuickSnapshot) -> QuickCall:
    """Move it on. What was heard before, or would lead back, changes no state."""
    call = QuickCall.objects.select_for_update().get(pk=call_id)
    if seen.won is not None and seen.won != call.won:
        call.won = seen.won
        call.save(update_fields=["won"])
    if quick_goes(QuickState(call.state), seen.state):
        _move(call, actor, seen.state, "")
    return call


@action
def refuse_quick(*, market: Market, actor: Actor, call_id: int, code: str) -> QuickCall:
    """The company takes the errand not at all. Once it has taken it, this changes nothing."""
    call = QuickCall.objects.select_for_update().get(pk=call_id)
    if quick_goes(QuickState(call.state), QuickState.REFUSED):
        _move(call, actor, QuickState.REFUSED, code)
    return call


def _move(call: QuickCall, actor: Actor, state: QuickState, why: str) -> None:
    call.state, call.why, call.changed_at = state.value, why[:60], clock.now()
    call.save(update_fields=["state", "why", "changed_at"])
    audit.record(actor, "quick.moved", f"order:{call.order_id}", stage=state.value)
    live.publish([live.News(f"order:{call.order_id}", "carried", {})])
