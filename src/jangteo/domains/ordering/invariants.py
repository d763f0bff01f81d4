"""What must be true between orders and the book. Amounts are worked out again in SQL, apart from the rules."""

from __future__ import annotations

from jangteo.domains.ledger.invariants import Invariant, Wrong, count

# Of an order that is over nothing stays but what is on its way back, or was refused on the way.
_EMPTY_WHEN_OVER = """
WITH waiting AS (
    -- A second payment of an order adds to its 22 letters.
    SELECT left(p.order_ref, 22) AS ref, sum(r.amount_won) AS won
    FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id WHERE r.state <> 'done' GROUP BY 1
), standing AS (
    SELECT account, -sum(amount_won) AS won FROM ledger_entryline WHERE starts_with(account, 'order:')
    GROUP BY 1 HAVING sum(amount_won) <> 0
)
SELECT s.account, CASE WHEN w.won IS NULL THEN '0' ELSE 'at most ' || w.won END, s.won::text
FROM standing s JOIN ordering_order o ON s.account = 'order:' || o.ref LEFT JOIN waiting w USING (ref)
WHERE o.state IN ('closed', 'cancelled', 'expired') AND s.won NOT BETWEEN 0 AND coalesce(w.won, 0)
-- What stalls handed over before the bank took the deposit back the customer owes, and may still pay; not more.
AND NOT EXISTS (SELECT FROM payments_payment p
    WHERE p.order_ref = o.ref AND p.pay_by = 'account' AND p.captures > 0 AND p.captured_won = 0
    AND s.won BETWEEN -(SELECT coalesce(sum(l.amount_won), 0) FROM ledger_entryline l
        JOIN ledger_entry e ON e.id = l.entry_id
        WHERE l.account = s.account AND e.kind = 'allocate' AND l.amount_won > 0) AND 0)
"""
# A stall gets what its goods came to when they were handed over: no won more, no won less, and nothing before.
# What it is owed changes by nothing else than sales, refunds, statements and pay-outs.
_STALLS_DUE = """
WITH due AS (
    SELECT p.id, p.state, coalesce(sum(CASE WHEN s.id IS NOT NULL THEN 0 WHEN l.price_grams IS NULL
        THEN l.price_won::bigint * l.quantity
        WHEN l.capped THEN least(l.price_won::bigint * l.final_grams / l.price_grams / 10 * 10, l.ceiling_won)
        ELSE l.price_won::bigint * l.final_grams / l.price_grams / 10 * 10 END), 0) AS won
    FROM ordering_stallpart p JOIN ordering_line l ON l.part_id = p.id
    LEFT JOIN ordering_shortfall s ON s.line_id = l.id AND s.state = 'refunded'
    GROUP BY p.id
)
SELECT 'part:' || d.id, (CASE d.state WHEN 'handed_over' THEN d.won ELSE 0 END)::text, coalesce(b.won, 0)::text
FROM due d LEFT JOIN (
    SELECT e.key, sum(l.amount_won) AS won FROM ledger_entry e JOIN ledger_entryline l ON l.entry_id = e.id
    WHERE e.kind IN ('allocate', 'recorded') AND l.amount_won > 0 GROUP BY 1
) b ON b.key = 'part:' || d.id || ':handed_over'
WHERE coalesce(b.won, 0) <> CASE d.state WHEN 'handed_over' THEN d.won ELSE 0 END
UNION ALL
SELECT 'entry:' || e.id, 'a sale, refund, statement, pay-out or correction', e.kind
FROM ledger_entryline l JOIN ledger_entry e ON e.id = l.entry_id
WHERE l.account LIKE 'stall:%:payable'
AND e.kind NOT IN ('allocate', 'refund', 'settlement', 'payout', 'correction', 'fee_share')
"""
# What stalls and the town bear of a delivery's fee is booked once, as it was agreed, when something was handed over.
_FEES_SHARED = """
SELECT 'order:' || o.ref, CASE WHEN o.state = 'closed' AND s.freed_at IS NULL THEN s.stalls_won ELSE 0 END || ' and '
    || CASE WHEN o.state = 'closed' AND s.freed_at IS NULL THEN s.municipality_won ELSE 0 END,
    b.stalls || ' and ' || b.town
FROM delivery_seat s JOIN ordering_order o ON o.id = s.order_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.amount_won) FILTER (WHERE l.account LIKE 'stall:%' AND l.amount_won > 0), 0) AS stalls,
        coalesce(sum(l.amount_won) FILTER (WHERE l.account LIKE 'receivable:%'), 0) AS town
    FROM ledger_entry e JOIN ledger_entryline l ON l.entry_id = e.id WHERE e.key = 'order:' || o.ref || ':fee'
) b
WHERE (b.stalls, b.town) IS DISTINCT FROM (
    CASE WHEN o.state = 'closed' AND s.freed_at IS NULL THEN s.stalls_won ELSE 0 END::numeric,
    CASE WHEN o.state = 'closed' AND s.freed_at IS NULL THEN s.municipality_won ELSE 0 END::numeric)
-- A closed order has had its fee; one that was never sold owes none, and a freed seat is nobody's.
UNION ALL SELECT 'seat of order:' || o.ref, CASE WHEN o.state IN ('cancelled', 'expired') THEN 'free' ELSE 'taken' END,
    CASE WHEN s.freed_at IS NULL THEN 'taken' ELSE 'free' END
FROM delivery_seat s JOIN ordering_order o ON o.id = s.order_id
WHERE (o.state IN ('cancelled', 'expired')) <> (s.freed_at IS NOT NULL)
"""

ORDERS = (
    Invariant("I7", Wrong(_EMPTY_WHEN_OVER), count("ordering_order WHERE state IN ('closed', 'cancelled', 'expired')")),
    Invariant("I9", Wrong(_STALLS_DUE), count("ordering_stallpart WHERE state = 'handed_over'")),
    Invariant("I9", Wrong(_FEES_SHARED), count("delivery_seat")),
)
