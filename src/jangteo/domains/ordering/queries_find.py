"""Finding an order for somebody who telephones, and what happened to it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from jangteo.domains.ordering.models import Move, Order, StallPart
from jangteo.domains.ordering.queries import OrderView, order_by_token, orders_by_tokens
from jangteo.domains.ordering.states import PART_IS_AT_WORK, PartState

MOST_FOUND = 30
LAST_DIGITS = 4


def find_orders(text: str, today: date) -> list[OrderView]:
    """Orders by today's number, a telephone number or its last four digits, a name or a reference, newest first.

    Without a text those of today.
    """
    rows = Order.objects.filter(_matches(text, today) if text else Q(day=today)).order_by("-pk")
    return orders_by_tokens(list(rows.values_list("token", flat=True)[:MOST_FOUND]))


def parts_by_number(stall_id: int, number: int) -> list[int]:
    """A stall's parts of orders with this number: those that are not over, newest first, or else the newest of all.

    A number comes again each day, and an order of yesterday may be fetched today.
    """
    parts = StallPart.objects.filter(stall_id=stall_id, order__number=number)
    found = parts.exclude(state=PartState.AWAITING_PAYMENT).order_by("-pk").values_list("pk", "state")[:MOST_FOUND]
    at_work = [pk for pk, state in found if state in PART_IS_AT_WORK]
    return at_work or [pk for pk, _state in found[:1]]


def order_by_id(order_id: int) -> OrderView:
    """An order with all its parts in scope. Raises Order.DoesNotExist."""
    view = order_by_token(Order.objects.values_list("token", flat=True).get(pk=order_id))
    if view is None:
        raise Order.DoesNotExist(order_id)
    return view


def moves_of(order_id: int) -> list[Move]:
    """Every change of the order and its parts, oldest first, with the parts' stalls."""
    return list(Move.objects.filter(order_id=order_id).select_related("part__stall").order_by("pk"))


def _matches(text: str, today: date) -> Q:
    text = text.removesuffix("번")
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if len(digits) < len(text.replace("-", "").replace(" ", "")):
        return Q(name__icontains=text) | Q(ref=text)
    if len(digits) > LAST_DIGITS:
        return Q(phone=digits)
    by_number = Q(day=today, number=int(digits)) if digits else Q(pk=None)
    return by_number | Q(phone__endswith=digits) if len(digits) == LAST_DIGITS else by_number
