"""What must be true between payments at the counter and the book."""

from __future__ import annotations

from jangteo.domains.ledger.invariants import Invariant, count, wrong

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
# A stall gets what was paid, once, and nothing of what was denied, ran out or went back.
_STALLS_DUE = """
SELECT 'sale:' || s.id, (CASE s.state WHEN 'paid' THEN s.amount_won ELSE 0 END)::text, coalesce(b.won, 0)::text
FROM counter_countersale s LEFT JOIN (
    SELECT substring(e.key FROM 'sale:([0-9]+):')::bigint AS id, -sum(l.amount_won) AS won
    FROM ledger_entry e JOIN ledger_entryline l ON l.entry_id = e.id
    WHERE e.key ~ '^(reverse:)?sale:[0-9]+:' AND l.account ~ '^stall:[0-9]+:(payable|sales)$' GROUP BY 1
) b USING (id)
WHERE coalesce(b.won, 0) <> CASE s.state WHEN 'paid' THEN s.amount_won ELSE 0 END
"""

COUNTER = (
    Invariant("I7", wrong(_EMPTY_WHEN_OVER), count("counter_countersale")),
    Invariant("I9", wrong(_STALLS_DUE), count("counter_countersale WHERE state = 'paid'")),
)
