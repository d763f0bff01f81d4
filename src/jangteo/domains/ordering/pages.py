"""Long lists of orders page by page, for programs that read them all."""

from __future__ import annotations

from collections.abc import Collection

from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.queries import OrderView, PartView, orders_by_tokens
from jangteo.domains.ordering.states import PartState


def orders_of_user_before(user_id: int, *, before: int, most: int) -> list[OrderView]:
    """A customer's orders, newest first, older than the order `before` (0 for the newest). Five statements."""
    rows = Order.objects.filter(user_id=user_id).order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=before)
    return orders_by_tokens(list(rows.values_list("token", flat=True)[:most]))


def parts_after(states: Collection[PartState], *, after: int, most: int) -> list[tuple[Order, PartView]]:
    """Tickets of the stall in scope in these states, oldest first, after the ticket `after`. Five statements."""
    rows = StallPart.objects.filter(state__in=states, pk__gt=after).order_by("pk")
    wanted = dict(rows.values_list("pk", "order__token")[:most])
    views = orders_by_tokens(list(wanted.values()))
    # The stall's scope leaves each order with the one part that is its own.
    return sorted(
        ((v.order, part) for v in views for part in v.parts if part.id in wanted), key=lambda pair: pair[1].id
    )
