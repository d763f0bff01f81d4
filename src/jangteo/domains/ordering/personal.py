"""What orders keep of the person who placed them, also as a guest with the same number."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from jangteo.domains.ordering.actions.forget_person import forget_person
from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.states import OrderState
from jangteo.domains.payments.models import Refund
from jangteo.kernel.personal import Kept, Part, Person, Row


def orders_of_person(person: Person) -> QuerySet[Order]:
    """Orders of the account and of its proven number, newest first."""
    theirs = Q(user_id=person.user_id)
    if person.phone:
        theirs |= Q(phone=person.phone)
    return Order.objects.filter(theirs).order_by("-pk")


def kept(person: Person) -> list[Kept]:
    """Two queries."""
    parts = StallPart.with_fees.select_related("stall").prefetch_related("lines").order_by("pk")
    orders = orders_of_person(person).prefetch_related(Prefetch("parts", parts))
    return [Kept("orders", tuple(_row(order) for order in orders))]


def under_way(person: Person) -> int:
    """Orders that are not over, and refunds of theirs that are. Two queries."""
    orders = orders_of_person(person)
    running = orders.filter(state__in=[OrderState.AWAITING_PAYMENT, OrderState.PLACED]).count()
    going_back = Refund.objects.filter(
        payment__order_ref__in=orders.order_by().values("ref"), state__in=[Refund.State.QUEUED, Refund.State.UNKNOWN]
    )
    return running + going_back.count()


def _row(order: Order) -> Row:
    goods = [
        f"{part.stall.name}: {line.name} {line.unit} × {line.quantity}"
        for part in order.parts.all()
        for line in part.lines.all()
    ]
    return {
        "number": order.ref,
        "placed_at": order.placed_at,
        "wanted_at": order.wanted_at,
        "name": order.name,
        "phone": order.phone,
        "address": order.address,
        "note": order.note,
        "goods": "; ".join(goods),
    }


PART = Part(kept=kept, forget=forget_person, covers=frozenset({"ordering.Order"}), waits_for=under_way)
