"""Where an order and each stall's part of it can stand, and the only ways between."""

from __future__ import annotations

from django.db.models import TextChoices


class OrderState(TextChoices):
    AWAITING_PAYMENT = "awaiting_payment"
    PLACED = "placed"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class PartState(TextChoices):
    AWAITING_PAYMENT = "awaiting_payment"
    NEW = "new"
    ACCEPTED = "accepted"
    READY = "ready"
    HANDED_OVER = "handed_over"
    REFUSED = "refused"
    CANCELLED = "cancelled"


ORDER_TRANSITIONS: dict[str, frozenset[str]] = {
    OrderState.AWAITING_PAYMENT: frozenset({OrderState.PLACED, OrderState.CANCELLED, OrderState.EXPIRED}),
    # Money that arrives late proves the customer wanted it: the order comes back to life.
    OrderState.EXPIRED: frozenset({OrderState.PLACED}),
    # A bank may take back the deposit that placed the order.
    OrderState.PLACED: frozenset({OrderState.CLOSED, OrderState.CANCELLED, OrderState.AWAITING_PAYMENT}),
    OrderState.CLOSED: frozenset(),
    OrderState.CANCELLED: frozenset(),
}

PART_TRANSITIONS: dict[str, frozenset[str]] = {
    PartState.AWAITING_PAYMENT: frozenset({PartState.NEW, PartState.CANCELLED}),
    PartState.NEW: frozenset({PartState.ACCEPTED, PartState.REFUSED, PartState.CANCELLED, PartState.AWAITING_PAYMENT}),
    PartState.ACCEPTED: frozenset({PartState.READY, PartState.REFUSED, PartState.NEW, PartState.AWAITING_PAYMENT}),
    PartState.READY: frozenset({PartState.HANDED_OVER, PartState.ACCEPTED, PartState.AWAITING_PAYMENT}),
    PartState.HANDED_OVER: frozenset(),
    PartState.REFUSED: frozenset(),
    PartState.CANCELLED: frozenset(),
}

# A delivery's fee is nobody's work: ready as soon as the order is placed, and over together with it.
FEE_TRANSITIONS: dict[str, frozenset[str]] = {
    PartState.AWAITING_PAYMENT: frozenset({PartState.READY, PartState.CANCELLED}),
    PartState.NEW: frozenset(),
    PartState.ACCEPTED: frozenset(),
    PartState.READY: frozenset({PartState.HANDED_OVER, PartState.CANCELLED, PartState.AWAITING_PAYMENT}),
    PartState.HANDED_OVER: frozenset(),
    PartState.REFUSED: frozenset(),
    PartState.CANCELLED: frozenset(),
}

PART_IS_AT_WORK = frozenset({PartState.NEW, PartState.ACCEPTED, PartState.READY})
PART_IS_OVER = frozenset({PartState.HANDED_OVER, PartState.REFUSED, PartState.CANCELLED})
