"""A card order that was never paid gives its goods back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.end_unpaid import end_unpaid
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.models import Payment
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def expire_order(*, market: Market, actor: Actor, order_ref: str) -> bool:
    """End the order and free its holds. False when it was paid or ended in the meantime.

    The caller has asked the gateway first. Money that still arrives later brings the order back (settle_payment).
    """
    order = Order.objects.select_for_update().get(ref=order_ref)
    payment = Payment.objects.select_for_update().get(order_ref=order_ref)
    return end_unpaid(order=order, payment=payment, actor=actor)
