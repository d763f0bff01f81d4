"""A stall has given money back across the counter."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.payments.matrix_models import GivebackLeg
from jangteo.kernel import audit
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import current


@dataclass(frozen=True, slots=True)
class HandedBack:
    """`is_new` is False for a second tap."""

    leg: GivebackLeg
    is_new: bool


@step
def hand_back(*, leg_id: int, actor: Actor) -> HandedBack:
    """Write it down. In a stall's scope only its own money is found.

    Raises GivebackLeg.DoesNotExist, also for money of a gateway.
    """
    legs = GivebackLeg.objects.select_for_update(of=("self",)).filter(tender__stall__isnull=False)
    if (stall_id := current().stall_id) is not None:
        legs = legs.filter(tender__stall_id=stall_id)
    leg = legs.select_related("tender", "giveback").get(pk=leg_id)
    if leg.state != GivebackLeg.State.BY_HAND:
        return HandedBack(leg, is_new=False)
    leg.state = GivebackLeg.State.DONE
    leg.save(update_fields=["state"])
    audit.record(actor, "giveback.handed", f"stall:{leg.tender.stall_id}", amount_won=leg.won)
    return HandedBack(leg, is_new=True)
