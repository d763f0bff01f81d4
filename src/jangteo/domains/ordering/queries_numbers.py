"""The numbers that are called out: what is ready to be fetched, and what is being prepared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from jangteo.domains.ordering.models import Order, StallPart
from jangteo.domains.ordering.states import PartState
from jangteo.kernel import clock

MOST_READY = 12
MOST_PREPARED = 18


@dataclass(frozen=True, slots=True)
class CalledNumber:
    """An order's number and the stall that has its goods. Nothing about the person."""

    number: int
    stall: str


@dataclass(frozen=True, slots=True)
class CalledNumbers:
    """The latest first among those that are ready, the longest waiting first among the others."""

    ready: tuple[CalledNumber, ...]
    prepared: tuple[CalledNumber, ...]


def called_numbers(now: datetime) -> CalledNumbers:
    """Orders of this trading day that are fetched at the stalls in scope."""
    parts = StallPart.objects.filter(order__day=clock.business_day(now), order__fulfil=Order.Fulfil.PICKUP)
    rows = parts.order_by("changed_at", "pk").values_list("order__number", "stall__name")
    ready = rows.filter(state=PartState.READY).reverse()[:MOST_READY]
    prepared = rows.filter(state=PartState.ACCEPTED)[:MOST_PREPARED]
    return CalledNumbers(_called(ready), _called(prepared))


def _called(rows: Iterable[tuple[int, str]]) -> tuple[CalledNumber, ...]:
    return tuple(CalledNumber(*row) for row in rows)
