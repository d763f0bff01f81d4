"""Which money pays an order, and what of it each stall takes in its hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from jangteo.domains.markets.models import Stall
from jangteo.domains.ordering.models import Order, Shortfall
from jangteo.domains.ordering.queries import OrderView, PartView
from jangteo.domains.ordering.states import PART_IS_AT_WORK
from jangteo.domains.payments.matrix_models import Tender
from jangteo.domains.payments.paid_orders import PaidOrder
from jangteo.domains.payments.queries_moneys import orders_moneys
from jangteo.domains.payments.rules.refunds import Terms
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel import clock


@dataclass(frozen=True, slots=True)
class Money:
    """One kind of money of an order, at one stall or through this program (`stall` None).

    `won` is what it paid or was to pay, `left_won` what it comes to after what went back and what the scale spares;
    `is_about` while the scale has not decided that.
    """

    key: str
    kind: TenderKind
    state: str
    stall: Stall | None
    won: int
    left_won: int
    is_about: bool

    @property
    def is_promised(self) -> bool:
        return self.state == Tender.State.PROMISED

    @property
    def is_captured(self) -> bool:
        return self.state == Tender.State.CAPTURED


def moneys_of(view: OrderView) -> list[Money]:
    """An order's money. Two queries, none for an order that is known to have none written down."""
    if not view.may_have_moneys:
        return []
    found = orders_moneys([view.order.ref]).get(view.order.ref)
    return [] if found is None else _moneys(found, view.paid_parts)


def moneys_to_take(stall_id: int, tickets: Collection[tuple[Order, PartView]]) -> dict[int, list[Money]]:
    """What customers said to bring, by part id. Two queries, none where nothing can have been said."""
    found = orders_moneys(
        [order.ref for order, part in tickets if part.may_bring_money and part.state in PART_IS_AT_WORK]
    )
    taken = {}
    for order, part in tickets:
        if order.ref in found:
            moneys = _moneys(found[order.ref], [part])
            here = [money for money in moneys if money.stall is not None and money.stall.pk == stall_id]
            taken[part.id] = [money for money in here if money.is_promised and money.left_won]
    return taken


def kinds_taken(stall_id: int, order: Order) -> list[TenderKind]:
    """What the stall took in its hand for the order, however it was said to be paid. One query."""
    taken = Tender.objects.filter(order_ref=order.ref, stall_id=stall_id, state=Tender.State.CAPTURED)
    return [TenderKind(kind) for kind in taken.order_by("pk").values_list("kind", flat=True)]


def _moneys(paid: PaidOrder, parts: Iterable[PartView]) -> list[Money]:
    at_work = [part for part in parts if part.state in PART_IS_AT_WORK]
    left = _left_after_the_scale(paid, at_work)
    open_stalls = {part.stall.pk for part in at_work if part.to_weigh}
    return [
        Money(
            key=tender.key,
            kind=TenderKind(tender.kind),
            state=tender.state,
            stall=tender.stall,
            won=tender.won,
            left_won=left.get(tender.key, tender.won),
            is_about=tender.stall_id in open_stalls and tender.state == Tender.State.PROMISED,
        )
        for tender in paid.tenders
    ]


def _left_after_the_scale(paid: PaidOrder, parts: Iterable[PartView]) -> Mapping[str, int]:
    """Won by tender key once these parts are handed over as they stand; nothing before the matrix is written."""
    if not paid.cells:
        return {}
    quote = paid.quote(dict(_spared(paid, parts)), Terms(clock.today()))
    left = paid.paid.left if quote is None else quote.left
    return {tender.key: left.tender_won(tender.key) for tender in paid.tenders}


def _spared(paid: PaidOrder, parts: Iterable[PartView]) -> Iterable[tuple[str, int]]:
    for part in parts:
        for line in part.lines:
            if line.ceiling_won is not None and line.short != Shortfall.State.REFUNDED:
                yield str(line.id), min(line.ceiling_won - line.due_won, paid.left_won(str(line.id)))
