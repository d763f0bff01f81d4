"""What must be true between payments at the counter and the book."""

from __future__ import annotations

from jangteo.domains.ledger.invariants import Invariant, Wrong, count

# Of a sale that is over nothing stays but what is on its way back, or was refused on the way.
_EMPTY_WHEN_OVER = """
WITH waiting AS (
    SELECT p.order_ref AS ref, sum(r.amount_won) AS won
    FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id WHERE r.state <> 'done' GROUP BY 1
), standing AS (
    SELECT account, -sum(amount_won) AS won FROM ledger_entryline WHERE starts_with(account, 'order:counter-')
    GROUP BY 1 HAVING sum(amount_won) <> 0
)
SELECT s.account, CASE WHEN w.won IS NULL THEN '0' ELSE 'at most ' || w.won END, s.won::text
FROM standing s LEFT JOIN counter_countersale c ON s.account = 'order:' || c.ref LEFT JOIN waiting w ON w.ref = c.ref
WHERE s.won NOT BETWEEN 0 AND coalesce(w.won, 0)
"""
# A stall gets what was paid less what it gave back, once, and nothing of what was denied or ran out.
_STALLS_DUE = """
SELECT 'sale:' || s.id, s.due::text, coalesce(b.won, 0)::text
FROM (
    SELECT id, CASE state WHEN 'paid' THEN amount_won - refunded_won ELSE 0 END AS due FROM counter_countersale
) s LEFT JOIN (
    SELECT substring(e.key FROM 'sale:([0-9]+):')::bigint AS id, -sum(l.amount_won) AS won
    FROM ledger_entry e JOIN ledger_entryline l ON l.entry_id = e.id
    WHERE e.key ~ '^(reverse:)?sale:[0-9]+:' AND l.account ~ '^stall:[0-9]+:(payable|sales)$' GROUP BY 1
) b USING (id)
WHERE coalesce(b.won, 0) <> s.due
"""

# What a sale says to have given back is the sum of its refunds, and of those by card what the gateway was asked for.
_GIVEN_BACK = """
SELECT 'sale:' || s.id, coalesce(b.won, 0)::text, s.refunded_won::text
FROM counter_countersale s LEFT JOIN (
    SELECT f.sale_id, sum(CASE WHEN r.id IS NULL THEN f.amount_won ELSE r.amount_won END) AS won
    FROM counter_salerefund f LEFT JOIN payments_refund r ON r.id = f.refund_id
    WHERE f.undone_at IS NULL GROUP BY 1
) b ON b.sale_id = s.id
WHERE coalesce(b.won, 0) <> s.refunded_won OR (s.state = 'refunded') <> (s.refunded_won = s.amount_won)
"""

COUNTER = (
    Invariant("I6", Wrong(_GIVEN_BACK), count("counter_salerefund")),
    Invariant("I7", Wrong(_EMPTY_WHEN_OVER), count("counter_countersale")),
    Invariant("I9", Wrong(_STALLS_DUE), count("counter_countersale WHERE state = 'paid'")),
)
