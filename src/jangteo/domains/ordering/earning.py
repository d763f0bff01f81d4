"""An order is over: its customer gets points for what they paid."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.paid_orders import PaidOrder, paid_order
from jangteo.domains.payments.rules.tenders import TenderKind
from jangteo.domains.promotions.actions.grant_points import NewPoints, grant_points
from jangteo.domains.promotions.models import PointTerms
from jangteo.domains.promotions.rules import WHOLE_BP
from jangteo.kernel.audit import SYSTEM

# What somebody else paid, or pays, earns nothing.
GIVEN = (TenderKind.COUPON, TenderKind.POINTS)


def earned_on(paid: PaidOrder, stall_id: int | None) -> int:
    """Won of the customer's own money that are left of the order, or of one stall's goods."""
    lines = frozenset(line for line, stall in paid.stall_of.items() if stall_id in (None, stall))
    own = [tender.key for tender in paid.tenders if tender.kind not in GIVEN]
    return sum(paid.paid.left.tender_won(key, lines) for key in own)


def give_points_for(order: Order, market: Market) -> int:
    """What each giver's terms promise, once for an order. How many grants. Two queries where nobody gives any."""
    terms = list(PointTerms.objects.filter(earn_bp__gt=0).order_by("pk"))
    if not terms or order.user_id is None or (paid := paid_order(order.ref)) is None:
        return 0
    given = 0
    for one in terms:
        on_won = earned_on(paid, one.stall_id)
        won = on_won * one.earn_bp // WHOLE_BP
        if won:
            new = NewPoints(
                user_id=order.user_id,
                won=won,
                key=f"order:{order.ref}:{one.stall_id or 0}",
                reason="order",
                stall_id=one.stall_id,
                order_ref=order.ref,
                on_won=on_won,
                lasts_days=one.lasts_days,
            )
            grant_points(market=market, actor=SYSTEM, new=new)
            given += 1
    return given
