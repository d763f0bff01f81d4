"""A stall has given money back across the counter."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.payments.matrix_models import GivebackLeg
from jangteo.kernel import audit, live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import current


@action
def hand_back(*, market: Market, actor: Actor, leg_id: int) -> GivebackLeg:
    """The customer has this money again. A second tap changes nothing.

    In a stall's scope only its own money is found. Raises GivebackLeg.DoesNotExist, also for money of a gateway.
    """
    legs = GivebackLeg.objects.select_for_update(of=("self",)).filter(tender__stall__isnull=False)
    if (stall_id := current().stall_id) is not None:
        legs = legs.filter(tender__stall_id=stall_id)
    leg = legs.select_related("tender", "giveback").get(pk=leg_id)
    if leg.state != GivebackLeg.State.BY_HAND:
        return leg
    leg.state = GivebackLeg.State.DONE
    leg.save(update_fields=["state"])
    stall = f"stall:{leg.tender.stall_id}"
    audit.record(actor, "giveback.handed", stall, amount_won=leg.won)
    live.publish([live.News(stall, "refunded")])
    return leg
