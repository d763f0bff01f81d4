"""What people with an account bought, out of orders and sales at the counter, as SQL: a row for each stall and time."""

from __future__ import annotations

from jangteo.domains.counter.states import SaleState
from jangteo.domains.ordering.states import PartState

_NOT_BOUGHT = ", ".join(f"'{state}'" for state in (PartState.AWAITING_PAYMENT, PartState.REFUSED, PartState.CANCELLED))
# A weighed line costs what the scale said, rounded down as on the receipt and never above its ceiling.
_LINE_WON = (
    "CASE WHEN l.price_grams IS NULL THEN l.price_won::bigint * l.quantity ELSE LEAST(l.ceiling_won,"
    " l.price_won::bigint * COALESCE(l.final_grams, l.unit_grams * l.quantity) / l.price_grams / 10 * 10) END"
)
_DAY = "((s.paid_at AT TIME ZONE 'Asia/Seoul') - interval '4 hours')::date"

# Parameters: the market, twice.
BOUGHT = (
    "bought AS (SELECT o.user_id, o.placed_at AS at, o.day, p.stall_id, p.id AS part_id, 0::bigint AS sale_won"  # noqa: S608 - only our own names stand in it
    " FROM ordering_order o JOIN ordering_stallpart p ON p.order_id = o.id"
    f" WHERE o.market_id = %s AND o.user_id IS NOT NULL AND NOT p.is_fee AND p.state NOT IN ({_NOT_BOUGHT})"
    f" UNION ALL SELECT s.customer_id, s.paid_at, {_DAY}, s.stall_id, NULL, s.amount_won - s.refunded_won"
    " FROM counter_countersale s WHERE s.market_id = %s AND s.customer_id IS NOT NULL"
    f" AND s.state = '{SaleState.PAID}' AND s.paid_at IS NOT NULL)"
)
PART_WON = f"COALESCE((SELECT sum({_LINE_WON}) FROM ordering_line l WHERE l.part_id = b.part_id), 0)"  # noqa: S608 - the same
