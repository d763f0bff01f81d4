"""An order that came back is to go out once more."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.rounds.models import Stop
from jangteo.domains.rounds.states import StopState
from jangteo.kernel import audit
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def try_again(*, market: Market, actor: Actor, stop_id: int) -> Stop:
    """The next plan of its wave takes it along; again it changes nothing. Raises Stop.DoesNotExist."""
    stop = Stop.objects.select_for_update().get(pk=stop_id, state=StopState.FAILED)
    if not stop.again:
        stop.again = True
        stop.save(update_fields=["again"])
        audit.record(actor, "stop.again", f"stop:{stop.pk}", order=stop.order_id)
    return stop
