"""What somebody bought in this market, as this program knows it, with what of it counts for a rebate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jangteo.domains.catalog.models import Good
from jangteo.domains.counter.models import CounterSale, SaleLine
from jangteo.domains.counter.states import SaleState
from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Order
from jangteo.domains.ordering.queries import OrderView, PartView, orders_by_tokens
from jangteo.domains.ordering.refunding import left_of_lines
from jangteo.domains.ordering.states import PartState
from jangteo.domains.rebates.models import RebateEvent, Source
from jangteo.domains.rebates.rules import AGRI, FISH, is_home_grown
from jangteo.kernel import clock

MOST = 30


@dataclass(slots=True)
class Purchase:
    """What was bought at one stall at once. `left_out` names what does not count."""

    key: str
    source: str
    stall: Stall
    bought_at: datetime
    total_won: int = 0
    won: dict[str, int] = field(default_factory=lambda: {AGRI: 0, FISH: 0})
    left_out: list[str] = field(default_factory=list)

    def add(self, name: str, won: int, kind: str) -> None:
        """One line; `kind` "" for what does not count."""
        self.total_won += won
        if kind and won:
            self.won[kind] += won
        elif won:
            self.left_out.append(name)

    def at_most(self, left_won: int) -> None:
        """Some of the money went back and nobody said for what: what counts is cut, so that nothing is paid twice."""
        over = sum(self.won.values()) - left_won
        for kind in (FISH, AGRI):
            cut = min(max(0, over), self.won[kind])
            self.won[kind] -= cut
            over -= cut
        self.total_won = left_won


def counted_since(event: RebateEvent, now: datetime) -> datetime:
    """From when on a purchase counts today."""
    today = clock.business_day(now)
    return clock.day_bounds(today if event.same_day else min(event.starts_on, today))[0]


def purchases_of(event: RebateEvent, digits: str) -> list[Purchase]:
    """By the phone number of whoever ordered, or said it at a counter. Some eight queries, more for paid orders."""
    since = counted_since(event, clock.now())
    orders = Order.objects.filter(phone=digits, placed_at__gte=since).order_by("pk")
    sales = CounterSale.objects.filter(customer__phone=digits, paid_at__gte=since, state=SaleState.PAID)
    return [
        *_of_orders(event, list(orders.values_list("token", flat=True)[:MOST])),
        *_of_sales(event, sales.select_related("stall__kind").order_by("pk")[:MOST]),
    ]


def purchases_by_code(event: RebateEvent, code: str) -> list[Purchase]:
    """Those of a receipt's QR: the address of an order's or a sale's page, or the secret in it."""
    tokens = [part for part in code.strip().split("/") if 20 <= len(part) <= 32]
    if not tokens:
        return []
    sales = CounterSale.objects.filter(token__in=tokens, state=SaleState.PAID).select_related("stall__kind")
    return [*_of_orders(event, tokens), *_of_sales(event, sales)]


def _of_orders(event: RebateEvent, tokens: Collection[str]) -> Iterable[Purchase]:
    views = orders_by_tokens(tokens) if tokens else []
    kinds = _kinds(event, {line.good_id for view in views for part in view.parts for line in part.lines})
    for view in views:
        left = left_of_lines(view.order)
        for part in view.parts:
            if part.state == PartState.HANDED_OVER:
                yield _of_part(view, part, kinds, left)


def _of_part(view: OrderView, part: PartView, kinds: Mapping[int, str], left: Mapping[int, int]) -> Purchase:
    bought = Purchase(f"part:{part.id}", Source.ORDER, part.stall, view.order.placed_at)
    for line in part.lines:
        won = min(line.due_won, left.get(line.id, line.due_won))
        bought.add(line.name, won, kinds.get(line.good_id, "") if is_home_grown(line.origin) else "")
    return bought


def _of_sales(event: RebateEvent, rows: Iterable[CounterSale]) -> Iterable[Purchase]:
    sales = list(rows)
    lines: dict[int, list[SaleLine]] = {}
    for line in SaleLine.objects.filter(sale__in=sales).order_by("pk") if sales else ():
        lines.setdefault(line.sale_id, []).append(line)
    goods = {line.good_id for some in lines.values() for line in some if line.good_id is not None}
    kinds = _kinds(event, goods)
    for sale in sales:
        bought = Purchase(f"sale:{sale.pk}", Source.SALE, sale.stall, sale.paid_at or sale.created_at)
        for line in lines.get(sale.pk, ()):
            known = kinds.get(line.good_id or 0, "") if is_home_grown(line.origin) else ""
            bought.add(line.name, line.amount_won, known)
        if sale.left_won != bought.total_won:
            bought.at_most(sale.left_won)
        yield bought


def _kinds(event: RebateEvent, good_ids: Collection[int]) -> dict[int, str]:
    """For which kind of the event each good counts; those that do not are absent."""
    if not good_ids:
        return {}
    wanted = {key: pot.kind for pot in event.pots.all() for key in pot.goods}
    named = Good.objects.filter(pk__in=good_ids).values_list("pk", "kind__key")
    return {pk: wanted[key] for pk, key in named if key in wanted}
