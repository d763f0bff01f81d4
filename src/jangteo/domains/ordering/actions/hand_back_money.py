"""The customer has money of an order again, out of the stall's hand."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.actions.hand_back import hand_back
from jangteo.domains.payments.models import GivebackLeg
from jangteo.kernel import live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def hand_back_money(*, market: Market, actor: Actor, leg_id: int) -> GivebackLeg:
    """Write it down and tell both, the customer's open page too. A second tap changes nothing.

    In a stall's scope only its own money is found. Raises GivebackLeg.DoesNotExist, also for money of a gateway.
    """
    handed = hand_back(leg_id=leg_id, actor=actor)
    leg = handed.leg
    if handed.is_new:
        order = Order.objects.only("pk").get(ref=leg.giveback.order_ref)
        stall = f"stall:{leg.tender.stall_id}"
        live.publish([live.News(stall, "refunded"), live.News(f"order:{order.pk}", "refunded")])
    return leg
