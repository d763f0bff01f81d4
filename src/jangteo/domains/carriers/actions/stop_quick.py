"""The association wants no courier after all."""

from __future__ import annotations

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.errors import QuickNotSetUp, TooLateToStop
from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.states import QUICK_CAN_STOP
from jangteo.domains.markets.models import Market
from jangteo.kernel import audit, clock
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit


@action
def stop_quick(*, market: Market, actor: Actor, call_id: int) -> QuickCall:
    """Ask the company to stop; it is stopped once the company says so. Asking twice changes nothing.

    Raises QuickCall.DoesNotExist, QuickNotSetUp, and TooLateToStop once the courier has the goods.
    """
    call = QuickCall.objects.select_for_update().get(pk=call_id)
    if outside.quick() is None:
        raise QuickNotSetUp
    if call.state not in QUICK_CAN_STOP:
        raise TooLateToStop
    if call.stop_asked_at is not None:
        return call
    call.stop_asked_at = clock.now()
    call.save(update_fields=["stop_asked_at"])
    audit.record(actor, "quick.stop_asked", f"order:{call.order_id}")
    # Each asking is an effect of its own: one that the company refused may be asked again.
    emit("quick.stop", key=f"quick-stop:{call.ref}:{call.stop_asked_at.isoformat()}", call_id=call.pk)
    return call


@action
def forget_stop(*, market: Market, actor: Actor, call_id: int) -> None:
    """The company would not stop it: the errand goes on."""
    call = QuickCall.objects.select_for_update().get(pk=call_id)
    call.stop_asked_at = None
    call.save(update_fields=["stop_asked_at"])
    audit.record(actor, "quick.goes_on", f"order:{call.order_id}")
