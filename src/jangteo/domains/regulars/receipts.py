"""All of one person's receipts in one place: orders and payments at counters, newest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from jangteo.domains.counter.models import CounterSale
from jangteo.domains.counter.states import SaleState
from jangteo.domains.ordering.personal import orders_of_person
from jangteo.domains.ordering.queries import OrderView, PartView, orders_by_tokens
from jangteo.domains.ordering.states import PartState
from jangteo.domains.payments.models import Cell, Tender
from jangteo.kernel.personal import Person

MOST = 300


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One receipt: of an order ("order") or a payment at a counter ("sale"). `token` opens it, `won` is what is left.

    `goods` are names only, for finding one again; empty where nobody wrote them down.
    """

    kind: str
    token: str
    number: int
    at: datetime
    stalls: tuple[str, ...]
    goods: tuple[str, ...]
    won: int

    def has(self, said: str) -> bool:
        """Whether one of its words has this in it."""
        return any(said in word.casefold() for word in (*self.stalls, *self.goods, str(self.number)))


def receipts_of(person: Person | None, tokens: Collection[str]) -> list[ReceiptLine]:
    """Of the account and its number, and of a browser's own orders. Nine queries at most, however many there are."""
    known = set(tokens)
    sales: Iterable[CounterSale] = ()
    if person is not None:
        known.update(orders_of_person(person).values_list("token", flat=True)[:MOST])
        sales = _sales(person)
    orders = [view for view in orders_by_tokens(known) if view.has_receipt]
    left = _left_won(orders)
    found = [*(_of_order(view, left) for view in orders), *(_of_sale(sale) for sale in sales)]
    return sorted((one for one in found if one.won), key=lambda one: one.at, reverse=True)[:MOST]


def _sales(person: Person) -> Iterable[CounterSale]:
    paid = CounterSale.objects.filter(customer_id=person.user_id, state=SaleState.PAID, paid_at__isnull=False)
    return paid.select_related("stall").prefetch_related("lines").order_by("-pk")[:MOST]


def _handed_over(view: OrderView) -> list[PartView]:
    return [part for part in view.paid_parts if part.state == PartState.HANDED_OVER]


def _left_won(orders: Collection[OrderView]) -> Mapping[str, Mapping[int, int]]:
    """By the refs of orders whose money is written down: what is left of each line after all that was given back."""
    refs = [view.order.ref for view in orders if view.may_have_moneys]
    left: dict[str, dict[int, int]] = {
        ref: {} for ref in Tender.objects.filter(order_ref__in=refs).values_list("order_ref", flat=True)
    }
    cells = Cell.objects.filter(tender__order_ref__in=refs).values_list("tender__order_ref", "line_key")
    for ref, line, won in cells.annotate(left=Sum("won")):
        left[ref][int(line)] = won
    return left


def _of_order(view: OrderView, left: Mapping[str, Mapping[int, int]]) -> ReceiptLine:
    parts = _handed_over(view)
    lines = [line for part in parts for line in part.lines]
    of_lines = left.get(view.order.ref)
    won = sum(line.due_won if of_lines is None else of_lines.get(line.id, 0) for line in lines)
    return ReceiptLine(
        "order",
        view.order.token,
        view.order.number,
        max(part.changed_at for part in parts),
        tuple(part.stall.name for part in parts),
        tuple(line.name for line in lines),
        won,
    )


def _of_sale(sale: CounterSale) -> ReceiptLine:
    paid_at = sale.paid_at or sale.changed_at
    goods = tuple(line.name for line in sale.lines.all() if line.name)
    return ReceiptLine("sale", sale.token, 0, paid_at, (sale.stall.name,), goods, sale.left_won)
