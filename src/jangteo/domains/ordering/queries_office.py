"""Orders as the association looks at them: what waits too long, and the day in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from jangteo.domains.ordering.models import Line, Order, StallPart
from jangteo.domains.ordering.queries import AtKiosk, at_kiosk, facts_of, lines_handed_over
from jangteo.domains.ordering.states import OrderState, PartState
from jangteo.kernel import clock

UNANSWERED_AFTER = timedelta(minutes=10)
NOT_PLACED = (OrderState.AWAITING_PAYMENT, OrderState.EXPIRED)


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """A trading day: orders placed, how many of them were cancelled, won handed over, stalls that handed over."""

    orders: int
    cancelled: int
    sold_won: int
    stalls_sold: int


def unanswered_parts(now: datetime) -> list[tuple[StallPart, AtKiosk | None]]:
    """Parts that the association was told of, and any left unanswered for ten minutes; longest first.

    With order, stall and lines, and how they were made at a kiosk.
    """
    late = Q(told=StallPart.Told.OFFICE) | Q(changed_at__lte=now - UNANSWERED_AFTER)
    waiting = StallPart.objects.filter(late, state=PartState.NEW).annotate(made=at_kiosk())
    parts = waiting.select_related("order", "stall").prefetch_related("lines").order_by("changed_at", "pk")
    return [(part, None if part.made is None else AtKiosk(**part.made)) for part in parts]


def day_numbers(day: date) -> DayNumbers:
    """The market's day so far."""
    orders = list(Order.objects.filter(day=day).exclude(state__in=NOT_PLACED).values_list("state", flat=True))
    lines = list(lines_handed_over(*clock.day_bounds(day)))
    return DayNumbers(
        orders=len(orders),
        cancelled=orders.count(OrderState.CANCELLED),
        sold_won=sum(facts_of(line).due_won for line in lines),
        stalls_sold=len({line.stall_id for line in lines}),
    )


def orders_by_ref(refs: Collection[str]) -> dict[str, Order]:
    """Orders by the reference that payments know them by."""
    return {order.ref: order for order in Order.objects.filter(ref__in=refs)} if refs else {}


def order_numbers(order_ids: Collection[int]) -> dict[int, int]:
    """The numbers that orders are called by. One query."""
    return dict(Order.objects.filter(pk__in=order_ids).values_list("pk", "number")) if order_ids else {}


def part_stalls(part_ids: Collection[int]) -> dict[int, str]:
    """Names of the stalls that parts belong to, by part id."""
    return dict(StallPart.objects.filter(pk__in=part_ids).values_list("pk", "stall__name")) if part_ids else {}


def line_names(line_ids: Collection[int]) -> dict[int, str]:
    """Names of ordered goods by line id."""
    return dict(Line.objects.filter(pk__in=line_ids).values_list("pk", "name")) if line_ids else {}


def won_handed_over(refs: Collection[str]) -> dict[str, int]:
    """What goods of these orders that customers have came to, by reference; without orders that handed nothing over."""
    if not refs:
        return {}
    lines = Line.objects.filter(part__state=PartState.HANDED_OVER, part__order__ref__in=refs)
    won: Counter[str] = Counter()
    for line in lines.select_related("part__order"):
        won[line.part.order.ref] += facts_of(line).due_won
    return dict(won)


def orders_by_id(order_ids: Collection[int]) -> dict[int, Order]:
    """One query, none for none."""
    return Order.objects.in_bulk(list(order_ids)) if order_ids else {}
