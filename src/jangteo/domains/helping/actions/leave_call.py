"""A helper cannot go after all, or was not done: the call waits again."""

from __future__ import annotations

from jangteo.domains.helping.errors import CallOver
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def leave_call(*, market: Market, actor: Actor, call_id: int, helper_id: int) -> HelpCall:
    """Put a call of this helper back into the queue. Raises HelpCall.DoesNotExist, CallOver."""
    call = HelpCall.objects.select_for_update().get(pk=call_id)
    if call.taken_by_id != helper_id or call.state not in (HelpCall.State.TAKEN, HelpCall.State.DONE):
        raise CallOver
    call.state, call.taken_by, call.taken_at, call.done_at = HelpCall.State.NEW, None, None, None
    call.save(update_fields=["state", "taken_by", "taken_at", "done_at"])
    audit.record(actor, "help.left", f"call:{call.pk}")
    live.publish(
        [
            live.News(f"helpers:{market.pk}", "help_called", {"call": call.pk}),
            live.News(f"call:{call.pk}", "help_called", {"call": call.pk}),
        ]
    )
    return call
