"""A helper goes there."""

from __future__ import annotations

from jangteo.domains.helping.errors import CallOver, CallTaken
from jangteo.domains.helping.models import HelpCall
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_call(*, market: Market, actor: Actor, call_id: int, helper_id: int) -> HelpCall:
    """Take it; taking one's own again changes nothing. `helper_id` is the helper's device.

    Raises HelpCall.DoesNotExist, CallTaken, CallOver.
    """
    call = HelpCall.objects.select_for_update(of=("self",)).select_related("taken_by").get(pk=call_id)
    if call.state == HelpCall.State.TAKEN and call.taken_by_id != helper_id:
        raise CallTaken(name=call.taken_by.name if call.taken_by else "")
    if call.state in (HelpCall.State.DONE, HelpCall.State.TAKEN_BACK):
        raise CallOver
    if call.state == HelpCall.State.NEW:
        call.state, call.taken_by_id, call.taken_at = HelpCall.State.TAKEN, helper_id, clock.now()
        call.save(update_fields=["state", "taken_by", "taken_at"])
        audit.record(actor, "help.taken", f"call:{call.pk}")
        live.publish(
            [
                live.News(f"helpers:{market.pk}", "help_taken", {"call": call.pk}),
                live.News(f"call:{call.pk}", "help_taken", {"call": call.pk}),
            ]
        )
    return call
