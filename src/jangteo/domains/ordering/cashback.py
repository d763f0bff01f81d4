"""An order is over: its customer gets what the schemes it was paid with promise for afterwards."""

from __future__ import annotations

from jangteo.domains.markets.models import Market
from jangteo.domains.ordering.earning import give_points_for
from jangteo.domains.ordering.models import Order
from jangteo.domains.payments.actions.grant_cashback import Earning, grant_cashback
from jangteo.domains.payments.models import PolicyRow
from jangteo.domains.payments.paid_orders import paid_order
from jangteo.domains.payments.rules.refusals import BudgetUsedUp
from jangteo.kernel.audit import SYSTEM
from jangteo.kernel.models import OutboxRow
from jangteo.kernel.outbox.deliver import Done, Ending, Rejected


def grant_for_order(row: OutboxRow) -> Ending:
    """The handler of `cashback.grant`, points included. A repeat gives nothing twice.

    An empty budget of a scheme gives nothing of it and says so.
    """
    market = Market.objects.get(pk=row.market_id)
    order = Order.objects.get(ref=row.payload["order_ref"])
    give_points_for(order, market)
    earning = _earning(order)
    if earning is None:
        return Done()
    try:
        grant_cashback(market=market, actor=SYSTEM, earning=earning)
    except BudgetUsedUp as no:
        return Rejected(no.code)
    return Done()


def _earning(order: Order) -> Earning | None:
    """What was paid and kept under the one row that promises cashback."""
    paid = paid_order(order.ref)
    if paid is None or order.user_id is None:
        return None
    under = {tender.policy for tender in paid.tenders if tender.policy}
    row = PolicyRow.objects.filter(pk__in=under, cashback=True).order_by("pk").first()
    if row is None:
        return None
    keys = [tender.key for tender in paid.tenders if tender.policy == str(row.pk)]
    on_won = sum(paid.paid.left.tender_won(key) for key in keys)
    return Earning(order.ref, order.user_id, row.pk, on_won) if on_won else None
