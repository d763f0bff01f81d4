"""Purchases of people who are known that nobody has stamped yet: orders handed over, and sales by number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Line, Shortfall, StallPart
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.ordering.states import PartState
from jangteo.domains.stamps.models import Card, Programme, Stamp
from jangteo.domains.stamps.purchases import PART, SALE, Purchase, part_ref, sale_ref
from jangteo.kernel.tenancy import unscoped

# A worker that stood still for days finds what it has missed.
LOOKS_BACK = timedelta(days=3)
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Bought:
    """One purchase of a person."""

    user_id: int
    purchase: Purchase


def collecting_markets() -> list[Market]:
    """Markets where stamps are collected now."""
    with unscoped():
        running = Programme.objects.filter(stopped_at=None).values("market_id")
        return list(Market.objects.filter(pk__in=running).order_by("pk"))


def markets_with_due_cards(now: datetime) -> list[Market]:
    """Markets where somebody's card is full."""
    with unscoped():
        due = Card.objects.filter(due_at__lte=now).values("market_id")
        return list(Market.objects.filter(pk__in=due).order_by("pk"))


def due_cards(now: datetime) -> list[int]:
    """Full cards of the market in scope, by number."""
    return list(Card.objects.filter(due_at__lte=now).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


def bought_lately(now: datetime) -> list[Bought]:
    """What was bought in the market in scope since its programmes began and has no stamp: four queries."""
    programmes = list(Programme.objects.filter(stopped_at=None))
    if not programmes:
        return []
    return [*_parts(programmes, now), *_sales(programmes, now)]


def _parts(programmes: list[Programme], now: datetime) -> list[Bought]:
    parts = StallPart.objects.filter(state=PartState.HANDED_OVER, order__user__isnull=False)
    parts = parts.filter(_since(programmes, "changed_at", now)).annotate(stamp_ref=_ref(PART)).filter(~_stamped())
    found = list(parts.order_by("pk").annotate(buyer=F("order__user_id"))[:MOST_AT_ONCE])
    wons = _wons([part.pk for part in found])
    return [Bought(part.buyer, Purchase(part_ref(part.pk), part.stall_id, wons.get(part.pk, 0))) for part in found]


def _sales(programmes: list[Programme], now: datetime) -> list[Bought]:
    sales = CounterSale.objects.filter(state=SaleState.PAID, customer__isnull=False)
    sales = sales.filter(_since(programmes, "paid_at", now)).annotate(stamp_ref=_ref(SALE)).filter(~_stamped())
    return [
        Bought(sale.customer_id, Purchase(sale_ref(sale.pk), sale.stall_id, sale.left_won))
        for sale in sales.order_by("pk")[:MOST_AT_ONCE]
        if sale.customer_id is not None
    ]


def _since(programmes: list[Programme], column: str, now: datetime) -> Q:
    """At a stall that collects, after it began."""
    wanted = Q()
    for programme in programmes:
        since = {f"{column}__gte": max(programme.started_at, now - LOOKS_BACK)}
        wanted |= Q(**since) if programme.stall_id is None else Q(**since, stall_id=programme.stall_id)
    return wanted


def _ref(kind: str) -> Concat:
    return Concat(Value(f"{kind}:"), Cast("pk", CharField()), output_field=CharField())


def _stamped() -> Exists:
    """Also what was taken back: somebody has looked at it."""
    return Exists(Stamp.objects.filter(purchase=OuterRef("stamp_ref")))


def _wons(part_ids: list[int]) -> dict[int, int]:
    refunded = Shortfall.objects.filter(line__part__in=part_ids, state=Shortfall.State.REFUNDED).values("line_id")
    lines: QuerySet[Line] = Line.objects.filter(part__in=part_ids).exclude(pk__in=refunded)
    wons: dict[int, int] = {}
    for line in lines:
        wons[line.part_id] = wons.get(line.part_id, 0) + facts_of(line).due_won
    return wons
