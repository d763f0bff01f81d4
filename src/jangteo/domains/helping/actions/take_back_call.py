"""Whoever called needs nobody any more."""

from __future__ import annotations

from jangteo.domains.helping.models import HelpCall
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def take_back_call(*, market: Market, actor: Actor, token: str) -> HelpCall:
    """End a call by the token of its caller's page; one that is over stays as it is. Raises HelpCall.DoesNotExist."""
    call = HelpCall.objects.select_for_update().get(token=token)
    if call.state in (HelpCall.State.NEW, HelpCall.State.TAKEN):
        call.state, call.done_at = HelpCall.State.TAKEN_BACK, clock.now()
        call.save(update_fields=["state", "done_at"])
        audit.record(actor, "help.taken_back", f"call:{call.pk}")
        live.publish(
            [
                live.News(f"helpers:{market.pk}", "help_done", {"call": call.pk}),
                live.News(f"call:{call.pk}", "help_done", {"call": call.pk}),
            ]
        )
    return call
