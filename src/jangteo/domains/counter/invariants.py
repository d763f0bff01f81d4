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
    SELECT id, ref, CASE state WHEN 'paid' THEN amount_won - refunded_won ELSE 0 END AS due FROM counter_countersale
) s LEFT JOIN (
    SELECT substr(e.cause, 7) AS ref, -sum(l.amount_won) AS won
    FROM ledger_entry e JOIN ledger_entryline l ON l.entry_id = e.id
    WHERE starts_with(e.cause, 'order:counter-') AND l.account ~ '^stall:[0-9]+:(payable|sales)$' GROUP BY 1
) b USING (ref)
WHERE coalesce(b.won, 0) <> s.due
"""

# What a sale says to have given back is the sum of its refunds, and of those by card what the gateway was asked for:
# less what a coupon gets back of it, where one paid, and the matrix of the sale says the same.
_GIVEN_BACK = """
SELECT 'sale:' || s.id, coalesce(b.won, 0)::text, s.refunded_won::text
FROM counter_countersale s LEFT JOIN (
    SELECT f.sale_id, sum(
        CASE WHEN c.coupon_won > 0 THEN coalesce(g.won, 0) WHEN r.id IS NULL THEN f.amount_won ELSE r.amount_won END
    ) AS won
    FROM counter_salerefund f JOIN counter_countersale c ON c.id = f.sale_id
    LEFT JOIN payments_refund r ON r.id = f.refund_id
    LEFT JOIN payments_giveback g ON g.order_ref = c.ref AND g.reason = 'sale_' || f.id || '_decided'
    WHERE f.undone_at IS NULL GROUP BY 1
) b ON b.sale_id = s.id
WHERE coalesce(b.won, 0) <> s.refunded_won OR (s.state = 'refunded') <> (s.refunded_won = s.amount_won)
"""
# What a coupon pays of a sale is what its columns pay, and it stands on a sale that the stall has money of.
_BY_COUPON = """
SELECT 'sale:' || s.id, s.coupon_won::text, coalesce(t.won, 0)::text
FROM counter_countersale s LEFT JOIN (
    SELECT order_ref, sum(won) AS won, bool_or(state = 'captured') AS taken FROM payments_tender
    WHERE kind = 'coupon' GROUP BY 1
) t ON t.order_ref = s.ref
WHERE coalesce(t.won, 0) <> s.coupon_won OR (s.coupon_won > 0 AND t.taken <> (s.state IN ('paid', 'refunded')))
"""

COUNTER = (
    Invariant("I6", Wrong(_GIVEN_BACK), count("counter_salerefund")),
    Invariant("I7", Wrong(_EMPTY_WHEN_OVER), count("counter_countersale")),
    Invariant("I9", Wrong(_STALLS_DUE), count("counter_countersale WHERE state = 'paid'")),
    Invariant("I10", Wrong(_BY_COUPON), count("counter_countersale WHERE coupon_won > 0")),
)
