"""The association calls a quick courier for an order."""

from __future__ import annotations

from dataclasses import dataclass

from jangteo.domains.carriers import outside
from jangteo.domains.carriers.checks import checked_point, for_delivery
from jangteo.domains.carriers.errors import QuickNotSetUp, QuickUnderWay, TextTooLong
from jangteo.domains.carriers.models import QuickCall
from jangteo.domains.carriers.rules import MOST_DETAIL, MOST_NOTE, Point
from jangteo.domains.carriers.states import QUICK_IS_OVER
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.kernel import audit, clock, ids
from jangteo.kernel.action import action
from jangteo.kernel.audit import Actor
from jangteo.kernel.outbox import emit


@dataclass(frozen=True, slots=True)
class WantedQuick:
    """Where the door is, what helps the courier find it, and the price that was shown before the press."""

    point: Point
    detail: str
    note: str
    estimate_won: int


@action
def call_quick(*, market: Market, actor: Actor, order_id: int, wanted: WantedQuick, key: str) -> QuickCall:
    """Write it down; the call itself leaves after commit. The same key again changes nothing.

    Raises Order.DoesNotExist, QuickNotSetUp, NotForDelivery, QuickUnderWay, MarketNowhere, PointFar, TextTooLong.
    """
    order = Order.objects.select_for_update().get(pk=order_id)
    earlier = QuickCall.objects.filter(order=order, key=key).first()
    if earlier is not None:
        return earlier
    company = outside.quick()
    if company is None:
        raise QuickNotSetUp
    for_delivery(order)
    checked_point(market, wanted.point)
    for text, most in ((wanted.detail, MOST_DETAIL), (wanted.note, MOST_NOTE)):
        if len(text) > most:
            raise TextTooLong(most=most)
    if QuickCall.objects.filter(order=order).exclude(state__in=QUICK_IS_OVER).exists():
        raise QuickUnderWay
    call = _written(order, wanted, company.name, key)
    audit.record(actor, "quick.called", f"order:{order.pk}", estimate_won=call.estimate_won)
    emit("quick.call", key=f"quick:{call.ref}", call_id=call.pk)
    return call


def _written(order: Order, wanted: WantedQuick, company: str, key: str) -> QuickCall:
    now = clock.now()
    return QuickCall.objects.create(
        market_id=order.market_id,
        order=order,
        company=company,
        ref=f"jt-{ids.new_token()}",
        key=key[:100],
        address=order.address,
        detail=wanted.detail,
        lat_micro=wanted.point.lat_micro,
        lng_micro=wanted.point.lng_micro,
        note=wanted.note,
        estimate_won=wanted.estimate_won,
        asked_at=now,
        changed_at=now,
    )
