"""An order whose time is over says nothing of the person any more; what was sold stays for the books."""

from __future__ import annotations

from datetime import datetime

from jangteo.domains.delivery.actions.forget_seats import forget_seats
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor


@action
def forget_old_orders(*, market: Market, actor: Actor, before: datetime) -> int:
    """Empty name, number, address and note of orders placed before a moment; how many."""
    old = Order.objects.filter(placed_at__lt=before).exclude(name="", phone="", address="", note="", user=None)
    forget_seats(order_ids=list(old.filter(fulfil=Order.Fulfil.DELIVER).values_list("pk", flat=True)))
    return old.update(name="", phone="", address="", note="", user=None)
