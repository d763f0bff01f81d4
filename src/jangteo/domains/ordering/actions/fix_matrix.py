"""The money of an order is there: which of it is for which line is fixed now and for good."""

from __future__ import annotations

from collections.abc import Sequence

from jangteo.domains.catalog.models import Good
from jangteo.domains.ordering.models import Line, Order
from jangteo.domains.ordering.queries import facts_of
from jangteo.domains.payments.actions.capture_tenders import PaidLine, capture_tenders
from jangteo.domains.payments.actions.plan_tenders import PlannedTender, plan_tenders
from jangteo.domains.payments.models import Tender
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.kernel.action import step
from jangteo.kernel.audit import Actor
from jangteo.kernel.tenancy import whole_market


@step
def fix_matrix(*, order: Order, actor: Actor) -> bool:
    """Spread the order's money over its lines, weighed ones at their ceilings. Once; later it changes nothing.

    False when some of its money was freed meanwhile: then it is not paid, and what came has to go back.
    """
    with whole_market():
        lines = list(Line.objects.filter(part__order=order))
    paid = [_paid_line(line) for line in lines]
    if order.tender == Order.Tender.CARD and not Tender.objects.filter(order_ref=order.ref).exists():
        _plan_card(order, paid)
    return capture_tenders(market_id=order.market_id, order_ref=order.ref, lines=paid, actor=actor)


def _plan_card(order: Order, lines: Sequence[PaidLine]) -> None:
    """An order from before there were plans was paid by one card."""
    plan = {line.key: line.won for line in lines}
    card = PlannedTender(key="card", kind=TenderKind.CARD, line_keys=frozenset(plan), plan=plan)
    plan_tenders(market_id=order.market_id, order_ref=order.ref, tenders=[card], hold_until=order.placed_at)


def _paid_line(line: Line) -> PaidLine:
    return PaidLine(str(line.pk), line.stall_id, facts_of(line).most_won, line.tax == Good.Tax.EXEMPT)
