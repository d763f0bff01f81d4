"""Orders by telephone as the desk looks at them, in the market in scope."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jangteo.domains.calls.callers import caller_digest
from jangteo.domains.calls.models import Consent, PhoneOrder
from jangteo.domains.calls.rules import taken_often
from jangteo.domains.ordering.queries import LineView, OrderView, orders_by_tokens

LAST = 5
OFTEN_GOODS = 6


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who called before: their last orders by telephone, newest first, and goods that are often among them.

    Orders that they made themselves are not told: a number that is said aloud is not proven.
    """

    orders: tuple[OrderView, ...]
    often: tuple[int, ...]

    @property
    def name(self) -> str:
        return self.orders[0].order.name if self.orders else ""

    @property
    def last(self) -> OrderView | None:
        return self.orders[0] if self.orders else None


def caller_of(market_id: int, digits: str) -> Caller:
    """What the desk sees of whoever calls from this number (digits only). A fixed number of queries."""
    made = PhoneOrder.objects.filter(caller=caller_digest(market_id, digits)).order_by("-pk")
    tokens = list(made.values_list("order__token", flat=True)[:LAST])
    orders = tuple(orders_by_tokens(tokens))
    goods = [[line.good_id for line in lines_of(view)] for view in orders]
    return Caller(orders, tuple(taken_often(goods, OFTEN_GOODS)))


def lines_of(view: OrderView) -> list[LineView]:
    """All lines of an order, over its stalls."""
    return [line for part in view.parts for line in part.lines]


def takers_of(order_ids: Collection[int]) -> dict[int, str]:
    """Who took down which order at the telephone; other orders are absent. One query."""
    if not order_ids:
        return {}
    return dict(PhoneOrder.objects.filter(order_id__in=order_ids).values_list("order_id", "taken_by"))


def phone_order_of(order_id: int) -> PhoneOrder | None:
    """How an order was taken down at the telephone, None for every other. One query."""
    return PhoneOrder.objects.select_related("order").filter(order_id=order_id).first()


def consent_of(made: PhoneOrder) -> Consent:
    """What its caller said yes to."""
    return Consent.objects.get(made=made)


def last_taker(actor_ref: str) -> str:
    """Who took the last call at this device, "" before the first."""
    taken = PhoneOrder.objects.filter(actor_ref=actor_ref).order_by("-pk")
    return taken.values_list("taken_by", flat=True).first() or ""
