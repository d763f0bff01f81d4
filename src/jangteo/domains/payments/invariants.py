"""What must be true of payments, matrices and refunds, asked of the tables and compared with the book."""

from __future__ import annotations

from jangteo.domains.ledger.invariants import Invariant, count, wrong

# What we believe a gateway keeps is what the book says; a matrix is what its columns took; what left it is in the legs.
_KEPT = """
SELECT 'payment:' || p.order_ref, (p.captured_won - p.refunded_won)::text, coalesce(b.won, 0)::text || ' in the book'
FROM payments_payment p LEFT JOIN (
    SELECT e.cause, l.account, sum(l.amount_won) AS won FROM ledger_entryline l JOIN ledger_entry e ON e.id = l.entry_id
    WHERE starts_with(l.account, 'clear:') AND e.kind IN ('capture', 'refund', 'correction') GROUP BY 1, 2
) b ON b.cause = 'order:' || p.order_ref AND b.account = 'clear:' || p.gateway
WHERE coalesce(b.won, 0) <> p.captured_won - p.refunded_won
UNION ALL
SELECT 'tender:' || t.order_ref || ':' || t.key, t.won::text, coalesce(c.won, 0)::text || ' in the matrix'
FROM payments_tender t
LEFT JOIN (SELECT tender_id, sum(won) AS won FROM payments_cell WHERE giveback_id IS NULL GROUP BY 1) c
ON c.tender_id = t.id
WHERE coalesce(c.won, 0) <> t.won AND (t.state = 'captured' OR c.won IS NOT NULL)
UNION ALL
SELECT 'giveback:' || coalesce(c.giveback_id, l.giveback_id), coalesce(-c.won, 0)::text || ' out of the matrix',
coalesce(l.won, 0)::text || ' in legs'
FROM (SELECT giveback_id, tender_id, sum(won) AS won FROM payments_cell WHERE giveback_id IS NOT NULL GROUP BY 1, 2) c
FULL JOIN payments_givebackleg l ON l.giveback_id = c.giveback_id AND l.tender_id = c.tender_id
WHERE coalesce(-c.won, 0) <> coalesce(l.won, 0)
"""
_NEVER_MORE_BACK = """
SELECT 'cell:' || t.order_ref || ':' || t.key || ':' || c.line_key, '>= 0', sum(c.won)::text
FROM payments_cell c JOIN payments_tender t ON t.id = c.tender_id GROUP BY t.id, c.line_key HAVING sum(c.won) < 0
UNION ALL
SELECT 'payment:' || p.order_ref, '<= ' || p.captured_won, sum(r.amount_won) || ' to go back'
FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id WHERE r.state <> 'rejected'
GROUP BY p.id HAVING sum(r.amount_won) > p.captured_won
UNION ALL
SELECT 'refund:' || r.key, '<= ' || r.amount_won, r.tax_free_won || ' without VAT'
FROM payments_refund r WHERE r.tax_free_won > r.amount_won
"""
# However often a gateway says so. A deposit that was taken back and came again stands once: the first is reversed.
_TAKEN_ONCE = """
SELECT 'payment:' || p.order_ref, '1 capture', b.captures || ' captures' FROM payments_payment p JOIN (
    SELECT e.cause, l.account, count(*) - count(r.id) AS captures FROM ledger_entry e
    JOIN ledger_entryline l ON l.entry_id = e.id AND starts_with(l.account, 'clear:')
    LEFT JOIN ledger_entry r ON r.reverses_id = e.id WHERE e.kind = 'capture' GROUP BY 1, 2
) b ON b.cause = 'order:' || p.order_ref AND b.account = 'clear:' || p.gateway WHERE b.captures > 1
"""

MONEY = (
    Invariant("I5", wrong(_KEPT), count("payments_payment")),
    Invariant("I6", wrong(_NEVER_MORE_BACK), count("payments_refund")),
    Invariant("I11", wrong(_TAKEN_ONCE), count("kernel_inboxrow")),
)
