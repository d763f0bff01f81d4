"""The person can go on by themselves."""

from __future__ import annotations

from jangteo.domains.helping.errors import CallOver
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def finish_call(*, market: Market, actor: Actor, call_id: int, helper_id: int) -> HelpCall:
    """End a call that this helper took; again changes nothing. Raises HelpCall.DoesNotExist, CallOver."""
    call = HelpCall.objects.select_for_update().get(pk=call_id)
    if call.taken_by_id != helper_id:
        raise CallOver
    if call.state == HelpCall.State.TAKEN:
        call.state, call.done_at = HelpCall.State.DONE, clock.now()
        call.save(update_fields=["state", "done_at"])
        audit.record(actor, "help.done", f"call:{call.pk}")
        live.publish(
            [
                live.News(f"helpers:{market.pk}", "help_done", {"call": call.pk}),
                live.News(f"call:{call.pk}", "help_done", {"call": call.pk}),
            ]
        )
    return call
