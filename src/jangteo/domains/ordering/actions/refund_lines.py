"""Somebody decides that money of goods that were handed over goes back."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.actions.give_back_lines import give_back_lines
from jangteo.domains.ordering.errors import NothingToGiveBack
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.refunding import WantedRefund, refundable_lines
from jangteo.domains.payments.models import Giveback
from jangteo.kernel import live
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import current


@action
def refund_lines(*, market: Market, actor: Actor, order_id: int, wanted: WantedRefund, key: str) -> Giveback:
    """Give back what was quoted. The stalls bear it: what they were owed or took becomes the order's again.

    The same key again changes nothing. In a stall's scope only its own lines can be named.
    Raises NothingToGiveBack (also for lines that were not handed over), RefundOverLeft.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    lines = {line.pk: line for line in refundable_lines(order)}
    stall_id = current().stall_id
    if not wanted.wons or any(
        pk not in lines or (stall_id is not None and lines[pk].stall_id != stall_id) for pk in wanted.wons
    ):
        raise NothingToGiveBack
    reason = f"decided_{key}"[:60]
    back = give_back_lines(
        order=order, wons=wanted.wons, reason=reason, actor=actor, first=wanted.first, from_stalls=True
    )
    if back is None:
        raise NothingToGiveBack
    stalls = sorted({lines[pk].stall_id for pk in wanted.wons})
    live.publish(
        [live.News(f"order:{order.pk}", "refunded"), *(live.News(f"stall:{stall}", "refunded") for stall in stalls)]
    )
    return back
